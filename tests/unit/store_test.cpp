// SPDX-License-Identifier: Apache-2.0
// The store: what goes in comes out, in any order, whole or not at all; the views answer in plain SQL.
#include "store/store.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "folder.hpp"
#include "ingest/activity_block.hpp"
#include "store/sealed_content.hpp"

namespace store_test {

using namespace seatlint;
using seatlint::testing::Folder;

namespace {

ImportedFile ledger(const std::string& name, RecordKind kind) {
  ImportedFile file;
  file.name = name;
  file.sha256 = sha256_hex(name);
  file.kind = kind;
  file.profile = "test-" + std::string(to_string(kind));
  file.vendor = "acme";
  file.org = "default";
  file.encoding = "utf-8";
  file.delimiter = ",";
  return file;
}

void import_user(Store& store, const std::string& name, Day date, const std::string& id,
                 std::vector<std::string> products) {
  ImportSession session(store);
  UserRow row;
  row.identity.id = id;
  row.identity.login = id + "@acme.example";
  row.has_products = true;
  row.products = std::move(products);
  session.user(row, 2);
  ImportedFile file = ledger(name, RecordKind::users);
  file.snapshot_date = date;
  session.commit(file, {});
}

void add_fact(ImportSession& session, const std::string& login, Day day, std::uint64_t line) {
  FactWriter facts;
  const std::int32_t days[] = {day.days};
  facts.add(0, days, line, line);
  session.activity({0, identity_hash("", login, ""), "", login, "", facts.block()});
}

std::string answer(const Store& store, const std::string& sql) {
  Statement row = store.database().prepare(sql);
  std::string text;
  while (row.step()) {
    for (int i = 0; i < row.columns(); ++i) text += (i == 0 ? "" : "|") + std::string(row.text(i));
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("more blocks than are written at once are all there, and sealed") {
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  ImportSession session(store);
  FactWriter facts;
  const std::int32_t days[] = {20'000, 20'003};
  facts.add(0, days, 7, 9);
  const std::string long_name(200'000, 'n');
  constexpr std::uint64_t blocks = 10'000;
  for (std::uint64_t i = 0; i < blocks; ++i)
    session.activity({0, i * 3, "", i % 1000 == 5 ? long_name : "n" + std::to_string(i), "", facts.block()});
  session.activity({1, 0, "id", "login", "e@x", facts.block()});
  session.activity({1, 0, "id", "login", "other@x", facts.block()});  // another identity of the same hash
  session.commit(ledger("log", RecordKind::activity), {{"object", "", "", "", false}});
  CHECK(answer(store,
               "SELECT part, count(*), max(l.actor), sum(length(login)), sum(length(facts)) "
               "FROM activity_block b, log_row(b.rows) l GROUP BY part") ==
        "0|10000|29997|2048843|" + std::to_string(blocks * facts.block().size()) + "\n1|2|1|10|" +
            std::to_string(2 * facts.block().size()) + "\n");
  CHECK(answer(store, "SELECT login FROM activity_block b, log_row(b.rows) l WHERE part = 0 AND l.actor = 12345") ==
        "n4115\n");
  CHECK(answer(store, "SELECT group_concat(email) FROM activity_block b, log_row(b.rows) WHERE part = 1") ==
        "e@x,other@x\n");
  CHECK(unfit_units(store.database()).empty());
}

TEST_CASE("a new store is private, and only a store is opened") {
  const Folder folder;
  const std::string path = folder.file("s.db");
  CHECK_THROWS_WITH(Store(path, Store::Open::read), Catch::Contains(path) && Catch::Contains("no store"));
  { const Store store(path, Store::Open::create); }
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  std::ofstream(folder.file("text.db")) << std::string(4096, 'x');
  CHECK_THROWS_WITH(Store(folder.file("text.db"), Store::Open::write), Catch::Contains("not a seatlint store"));
  std::filesystem::create_symlink(path, folder.file("link.db"));
  CHECK_THROWS_WITH(Store(folder.file("link.db"), Store::Open::read), Catch::Contains("regular file"));
  {
    const Database other(path, Database::Access::write, 0);
    other.execute("PRAGMA application_id = 7");
  }
  CHECK_THROWS_WITH(Store(path, Store::Open::read), Catch::Contains("not a seatlint store"));
}

TEST_CASE("an uncommitted import leaves nothing") {
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  {
    ImportSession session(store);
    session.user({}, 2);
  }
  CHECK(store.files().empty());
  CHECK(store.database().integer("SELECT count(*) FROM user_block") == 0);
  import_user(store, "a.csv", make_day(2026, 6, 30), "u1", {"Basic"});
  CHECK(store.files().size() == 1);
  CHECK(store.knows(sha256_hex("a.csv"), "default", "test-users", make_day(2026, 6, 30)));
  CHECK_FALSE(store.knows(sha256_hex("a.csv"), "default", "test-users", make_day(2026, 7, 1)));
}

TEST_CASE("assignments have a history") {
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  import_user(store, "c.csv", make_day(2026, 9, 30), "u1", {"Basic"});
  import_user(store, "a.csv", make_day(2026, 3, 31), "u1", {"Basic", "Pro"});
  import_user(store, "b.csv", make_day(2026, 6, 30), "u1", {"Pro"});
  CHECK(answer(store, "SELECT product, valid_from, valid_to FROM assignment ORDER BY 1, 2") ==
        "Basic|2026-03-31|2026-06-30\nBasic|2026-09-30|\nPro|2026-03-31|2026-09-30\n");
}

TEST_CASE("overlapping logs in any order give the same days") {
  const Day day = make_day(2026, 7, 1);
  std::string first;
  for (const bool reversed : {false, true}) {
    const Folder folder;
    Store store(folder.file("s.db"), Store::Open::create);
    import_user(store, "u.csv", day, "u1", {});
    for (const int i : reversed ? std::vector<int>{9, 2, 0} : std::vector<int>{0, 2, 9}) {
      ImportSession session(store);
      ImportedFile file = ledger("log" + std::to_string(i), RecordKind::activity);
      file.days = file.covers = DayRange{day + i, day + i};
      add_fact(session, "u1@acme.example", day + i, static_cast<std::uint64_t>(i) + 2);
      session.commit(file, {{"lead", "create", "", "", false}});
    }
    const std::string seen = answer(store, "SELECT account, object, verb, client, day FROM activity_day ORDER BY day") +
                             answer(store, "SELECT file, last_day, last_line FROM activity_evidence ORDER BY file") +
                             answer(store, "SELECT object, verb, first_day, last_day FROM activity");
    if (reversed) {
      CHECK(seen == first);
    } else {
      first = seen;
    }
  }
  CHECK(first.starts_with(
      "u1|lead|create|human|2026-07-01\nu1|lead|create|human|2026-07-03\nu1|lead|create|human|2026-07-10\n"));
  CHECK(first.find("log9|2026-07-10|11") != std::string::npos);
}

}  // namespace store_test
