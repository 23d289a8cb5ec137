// SPDX-License-Identifier: Apache-2.0
// Packed accounts: what goes in comes out, whole or in parts, by C++ and by SQL; what is damaged is said to be, and a
// record taken out leaves no byte.
#include "store/user_block.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "folder.hpp"
#include "store/store.hpp"
#include "store/text_list.hpp"
#include "store/user_rows.hpp"

namespace user_block_test {

using namespace seatlint;
using seatlint::testing::Folder;

namespace {

using Random = std::mt19937;

std::string some_text(Random& random) {
  static const std::vector<std::string> words = {"",
                                                 "Sales",
                                                 "anna@example.com",
                                                 "Åsa Öberg",
                                                 "営業 一課",
                                                 "a\"b\\c\n",
                                                 std::string(300, 'x'),
                                                 std::string(1, '\0'),
                                                 "\xF0\x9F\x98\x80",
                                                 "0051t000003ABCdAAO"};
  const unsigned pick = random() % 16;
  return pick < words.size() ? words[pick] : "text " + std::to_string(random() % 100'000);
}

std::vector<std::string> some_list(Random& random) {
  std::vector<std::string> list(random() % 3 == 0 ? random() % (random() % 50 == 0 ? 400 : 4) : 0);
  for (std::string& text : list) text = some_text(random);
  return list;
}

std::optional<Day> some_day(Random& random) {
  if (random() % 3 == 0) return std::nullopt;
  return Day{static_cast<std::int32_t>(random() % 100'000) - 20'000};
}

/// A column is often empty in all rows: `columns` says which are not.
UserRow some_row(Random& random, std::uint32_t columns) {
  UserRow row;
  unsigned at = 0;
  const auto there = [&] { return (columns >> at++ & 1u) != 0; };
  Identity& who = row.identity;
  for (std::string* text :
       {&who.id, &who.login, &who.email, &who.federation_id, &who.hr_id, &row.shown, &row.name, &row.title,
        &row.department, &row.manager, &row.cost_center, &row.environment, &row.profile_ref, &row.profile_name})
    if (there()) *text = some_text(random);
  for (auto* list : {&who.aliases, &row.roles, &row.group_products})
    if (there()) *list = some_list(random);
  if (there()) row.state = static_cast<AccountState>(random() % 4);
  if (there()) row.account_class = static_cast<AccountClass>(random() % 5);
  if (there()) row.created = some_day(random);
  if (there()) row.last_activity.kind = static_cast<LastActivity::Kind>(random() % 4);
  using Kind = LastActivity::Kind;
  if (row.last_activity.kind == Kind::on || row.last_activity.kind == Kind::before)
    row.last_activity.day = some_day(random).value_or(Day{0});
  if (there() && (row.has_products = random() % 4 != 0)) row.products = some_list(random);
  if (there() && random() % 3 != 0) row.license_id = some_text(random);
  return row;
}

void check_equal(const UserRow& a, const UserRow& b) {
  const auto texts = [](const UserRow& row) {
    const Identity& who = row.identity;
    return std::vector<std::string>{who.id,          who.login,       who.email,       who.federation_id, who.hr_id,
                                    row.shown,       row.name,        row.title,       row.department,    row.manager,
                                    row.cost_center, row.environment, row.profile_ref, row.profile_name};
  };
  REQUIRE(texts(a) == texts(b));
  REQUIRE(a.identity.aliases == b.identity.aliases);
  REQUIRE(a.roles == b.roles);
  REQUIRE(a.has_products == b.has_products);
  REQUIRE(a.products == b.products);
  REQUIRE(a.group_products == b.group_products);
  REQUIRE(a.state == b.state);
  REQUIRE(a.account_class == b.account_class);
  REQUIRE(a.created == b.created);
  REQUIRE(a.last_activity == b.last_activity);
  REQUIRE(a.license_id == b.license_id);
}

struct Packed {
  std::vector<std::pair<UserRow, std::uint64_t>> rows;
  std::vector<std::string> blocks;
};

Packed packed(Random& random, std::size_t count) {
  Packed all;
  UserBlockWriter writer;
  std::uint64_t line = 0;
  const auto columns = static_cast<std::uint32_t>(random());
  for (std::size_t i = 0; i < count; ++i) {
    line += 1 + (random() % 100 == 0 ? random() : random() % 3);
    all.rows.emplace_back(some_row(random, columns), line);
    if (writer.empty() || writer.full()) {
      if (writer.full()) all.blocks.emplace_back(writer.take());
      writer.add(all.rows.back().first, line);
      REQUIRE(writer.first_line() == line);
    } else {
      writer.add(all.rows.back().first, line);
    }
  }
  if (!writer.empty()) all.blocks.emplace_back(writer.take());
  return all;
}

std::size_t rows_in(std::string_view block, unsigned parts = user_part::all) {
  UserRow row;
  std::uint64_t line = 0;
  std::size_t rows = 0;
  for (UserBlockReader reader(block, parts); reader.next(row, line);) ++rows;
  return rows;
}

ImportedFile snapshot(const std::string& name) {
  ImportedFile file;
  file.name = name;
  file.sha256 = sha256_hex(name);
  file.profile = "p";
  file.vendor = "acme";
  file.org = "default";
  file.snapshot_date = make_day(2026, 6, 30);
  return file;
}

std::vector<std::string> blocks_of(const Store& store) {
  std::vector<std::string> blocks;
  Statement block = store.database().prepare("SELECT rows FROM user_block ORDER BY file_id, first_line");
  while (block.step()) blocks.emplace_back(block.blob_view(0));
  return blocks;
}

}  // namespace

TEST_CASE("accounts come out of blocks as they went in", "[user_block]") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const Packed all = packed(random, 1 + random() % 700);
    auto expected = all.rows.begin();
    UserRow row;  // the same for all: nothing of a row before may stay
    std::uint64_t line = 0;
    for (const std::string& block : all.blocks)
      for (UserBlockReader reader(block); reader.next(row, line); ++expected) {
        REQUIRE(expected != all.rows.end());
        REQUIRE(line == expected->second);
        check_equal(row, expected->first);
      }
    CHECK(expected == all.rows.end());
  }
}

TEST_CASE("parts of accounts are read without the others", "[user_block]") {
  Random random(7);
  const Packed all = packed(random, 600);
  for (unsigned parts = 0; parts <= user_part::all; ++parts) {
    auto expected = all.rows.begin();
    UserRow row;
    std::uint64_t line = 0;
    for (const std::string& block : all.blocks)
      for (UserBlockReader reader(block, parts); reader.next(row, line); ++expected) {
        REQUIRE(line == expected->second);
        const UserRow& whole = expected->first;
        REQUIRE(row.identity.email == ((parts & user_part::identity) != 0 ? whole.identity.email : ""));
        REQUIRE(row.manager == ((parts & user_part::person) != 0 ? whole.manager : ""));
        REQUIRE(row.title == ((parts & user_part::position) != 0 ? whole.title : ""));
        REQUIRE(row.products.size() == ((parts & user_part::holdings) != 0 ? whole.products.size() : 0));
        REQUIRE(row.roles.size() == ((parts & user_part::rights) != 0 ? whole.roles.size() : 0));
        REQUIRE(row.created == ((parts & user_part::days) != 0 ? whole.created : std::nullopt));
      }
    REQUIRE(expected == all.rows.end());
  }
}

TEST_CASE("lines of accounts ascend", "[user_block]") {
  UserBlockWriter writer;
  writer.add({}, 5);
  CHECK_THROWS_WITH(writer.add({}, 5), Catch::Contains("order of their lines"));
  CHECK_THROWS_WITH(writer.add({}, 4), Catch::Contains("order of their lines"));
  writer.add({}, 6);
  CHECK(rows_in(writer.take()) == 2);
  writer.add({}, 1);
  CHECK(rows_in(writer.take()) == 1);
}

TEST_CASE("a damaged block of accounts is said to be one, or is another", "[user_block]") {
  Random random(11);
  const Packed all = packed(random, 300);
  const std::string& block = all.blocks.front();
  CHECK_THROWS_WITH(rows_in(""), Catch::Contains("accounts that can't be unpacked"));
  for (std::size_t size = 0; size < block.size(); size += 1 + block.size() / 500)
    REQUIRE_THROWS_WITH(rows_in(std::string_view(block).substr(0, size)), Catch::Contains("can't be unpacked"));
  CHECK_THROWS_WITH(rows_in(block + '\0'), Catch::Contains("can't be unpacked"));
  std::size_t noticed = 0;
  for (int i = 0; i < 4'000; ++i) {
    std::string broken = block;
    for (auto n = 1 + random() % 3; n > 0; --n)
      broken[random() % broken.size()] = static_cast<char>(random() % 4 == 0 ? 0xFF : random());
    try {
      rows_in(broken, random() % 2 == 0 ? user_part::all : static_cast<unsigned>(random() % user_part::all));
    } catch (const Error& error) {
      ++noticed;
      REQUIRE(std::string(error.what()).find("can't be unpacked") != std::string::npos);
    }
  }
  CHECK(noticed > 500);
}

TEST_CASE("SQL sees accounts as they are", "[user_block]") {
  Random random(5);
  const Packed all = packed(random, 500);
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  {
    ImportSession session(store);
    for (const auto& [row, line] : all.rows) session.user(row, line);
    session.commit(snapshot("a.csv"), {});
  }
  Statement sql = store.database().prepare(
      "SELECT u.line, u.id, u.license_id, u.products, u.aliases, u.state, u.created, u.last_kind, u.last_day, u.title, "
      "u.roles FROM user_block b, user_row(b.rows) u ORDER BY 1");
  const auto null_or = [&](int at, const std::string& text) {
    REQUIRE(sql.is_null(at) == text.empty());
    REQUIRE(sql.text(at) == text);
  };
  for (const auto& [row, line] : all.rows) {
    REQUIRE(sql.step());
    REQUIRE(sql.integer(0) == static_cast<std::int64_t>(line));
    null_or(1, row.identity.id);
    REQUIRE(sql.is_null(2) == !row.license_id);
    REQUIRE(sql.text(2) == row.license_id.value_or(""));
    REQUIRE(sql.is_null(3) == !row.has_products);
    if (row.has_products) REQUIRE(sql.text(3) == list_of(row.products));
    null_or(4, row.identity.aliases.empty() ? "" : list_of(row.identity.aliases));
    null_or(5, row.state ? std::string(to_string(*row.state)) : "");
    REQUIRE(sql.day(6) == row.created);
    REQUIRE(sql.integer(7) == static_cast<std::int64_t>(row.last_activity.kind));
    REQUIRE(sql.is_null(8) == (row.last_activity.kind == LastActivity::Kind::absent ||
                               row.last_activity.kind == LastActivity::Kind::never));
    null_or(9, row.title);
    null_or(10, row.roles.empty() ? "" : list_of(row.roles));
  }
  CHECK_FALSE(sql.step());
  CHECK(store.database().integer("SELECT count(*) FROM user_row(NULL)") == 0);
  CHECK(store.database().integer("SELECT count(*) FROM user_row") == 0);
  CHECK_THROWS_WITH(store.database().integer("SELECT count(*) FROM user_row(x'05')"),
                    Catch::Contains("accounts that can't be unpacked"));
}

TEST_CASE("single accounts are found in their blocks", "[user_block]") {
  Random random(3);
  const Packed all = packed(random, 900);
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  {
    ImportSession session(store);
    for (const auto& [row, line] : all.rows) session.user(row, line);
    session.commit(snapshot("a.csv"), {});
  }
  const std::int64_t file = store.files().front().id;
  REQUIRE(blocks_of(store).size() > 2);
  Selection only;
  only.lines[file] = {0, all.rows.back().second + 1, all.rows.front().second, all.rows.back().second};
  std::vector<std::uint64_t> expected = {all.rows.front().second};
  for (std::size_t i = 1; i + 1 < all.rows.size(); i += 1 + random() % 90) {
    only.lines[file].push_back(all.rows[i].second);
    expected.push_back(all.rows[i].second);
  }
  for (std::size_t i = 1; i < all.rows.size(); ++i)
    if (all.rows[i].second > all.rows[i - 1].second + 1) only.lines[file].push_back(all.rows[i].second - 1);
  expected.push_back(all.rows.back().second);
  std::vector<std::uint64_t> found;
  store.each_user(
      file,
      [&](const UserRow& row, std::uint64_t line) {
        found.push_back(line);
        const auto whole =
            std::find_if(all.rows.begin(), all.rows.end(), [&](const auto& r) { return r.second == line; });
        check_equal(row, whole->first);
      },
      &only);
  CHECK(found == expected);
  only.lines.clear();
  store.each_user(
      file, [](const UserRow&, std::uint64_t) { FAIL("no line was selected"); }, &only);
}

TEST_CASE("accounts are edited block by block, and nothing of one removed stays", "[user_block]") {
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  {
    ImportSession session(store);
    for (std::uint64_t line = 2; line < 700; ++line) {
      UserRow row;
      row.identity.email = "user" + std::to_string(line) + "@example.com";
      row.manager = line < 300 ? "user400@example.com" : "somebody";
      session.user(row, line);
    }
    session.commit(snapshot("a.csv"), {});
  }
  const std::vector<std::string> before = blocks_of(store);
  REQUIRE(before.size() == 3);
  edit_user_rows(store.database(), [](std::int64_t, std::uint64_t line, UserRow& row) {
    if (line >= 514) return Edit::removed;
    if (line == 2 || line == 100) return Edit::removed;
    if (row.manager != "user400@example.com" || line > 257) return Edit::none;
    row.manager.clear();
    return Edit::changed;
  });
  const std::vector<std::string> after = blocks_of(store);
  REQUIRE(after.size() == 2);
  CHECK(after[1] == before[1]);
  CHECK(after[0].find("user2@") == std::string::npos);
  CHECK(after[0].find("user100@") == std::string::npos);
  CHECK(after[0].find("user400@") == std::string::npos);
  CHECK(store.database().integer("SELECT min(first_line) FROM user_block") == 3);
  std::size_t rows = 0;
  store.each_user(store.files().front().id, [&](const UserRow& row, std::uint64_t line) {
    ++rows;
    REQUIRE(row.identity.email == "user" + std::to_string(line) + "@example.com");
    REQUIRE(row.manager == (line <= 257 ? "" : line < 300 ? "user400@example.com" : "somebody"));
  });
  CHECK(rows == 510);
}

}  // namespace user_block_test
