// SPDX-License-Identifier: Apache-2.0
// Packed logs: what goes in comes out, by C++ and by SQL; what is damaged is said to be; one identity is found among
// many, and one taken out leaves no byte.
#include "store/log_block.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "folder.hpp"
#include "ingest/activity_block.hpp"
#include "store/log_rows.hpp"
#include "store/selection.hpp"
#include "store/store.hpp"

namespace log_block_test {

using namespace seatlint;
using seatlint::testing::Folder;

namespace {

using Random = std::mt19937_64;

struct Kept {
  std::string id, login, email, facts;
  bool operator==(const Kept&) const = default;
};
using Identities = std::map<std::int64_t, Kept>;  ///< by actor

Kept kept(const LogRow& row) {
  return {std::string(row.id), std::string(row.login), std::string(row.email), std::string(row.facts)};
}
LogRow row_of(const Identities::value_type& identity) {
  const Kept& said = identity.second;
  return {identity.first, said.id, said.login, said.email, said.facts};
}

std::string some_text(Random& random) {
  switch (random() % 8) {
    case 0:
      return {};
    case 1:
      return std::string(1, '\0') + "\xF0\x9F\x98\x80";
    case 2:
      return std::string(random() % 300, 'x');
    default:
      return "user" + std::to_string(random() % 100'000) + "@example.com";
  }
}

std::string some_facts(Random& random) {
  FactWriter facts;
  for (std::uint32_t action = 0; action < 1 + random() % 3; ++action) {
    const std::int32_t days[] = {static_cast<std::int32_t>(19'000 + random() % 100), 20'000};
    facts.add(action, days, random() % 1000, 1000);
  }
  return std::string(facts.block());
}

Identities some_identities(Random& random, std::size_t count) {
  Identities all{{0, {"", "first", "", some_facts(random)}}, {INT64_MAX, {"", "last", "", some_facts(random)}}};
  while (all.size() < count) {
    const auto actor = static_cast<std::int64_t>(random() >> 1u);
    const Kept said{some_text(random), some_text(random), some_text(random), some_facts(random)};
    all[actor] = said;
    if (random() % 4 == 0 && actor < INT64_MAX) all[actor + 1] = said;
  }
  return all;
}

Identities identities_in(std::string_view block) {
  Identities found;
  LogRow row;
  for (LogBlockReader reader(block); reader.next(row);) {
    REQUIRE((found.empty() || found.rbegin()->first < row.actor));
    found[row.actor] = kept(row);
  }
  return found;
}

std::string packed(const Identities& all) {
  LogBlockWriter writer;
  for (const auto& identity : all) writer.add(row_of(identity));
  return std::string(writer.block());
}

/// A log of these identities in each of `parts` parts.
std::int64_t import(Store& store, const Identities& all, std::int64_t parts = 1) {
  ImportSession session(store);
  for (std::int64_t part = 0; part < parts; ++part)
    for (const auto& [actor, said] : all)
      session.activity({part, static_cast<std::uint64_t>(actor), said.id, said.login, said.email, said.facts});
  ImportedFile file;
  file.name = "log.csv";
  file.sha256 = sha256_hex("log" + std::to_string(store.files().size()));
  file.kind = RecordKind::activity;
  file.vendor = "acme";
  file.org = "default";
  file.days = file.covers = DayRange{Day{19'000}, Day{20'000}};
  session.commit(file, {{"a", "", "", "", false}, {"b", "", "", "", false}, {"c", "", "", "", false}});
  return store.database().integer("SELECT max(id) FROM imported_file");
}

Identities identities_of(const Store& store, std::int64_t file, std::int64_t part) {
  Identities found;
  each_log_row(store.database(), file, [&](const BlockKey& key, const LogRow& row) {
    REQUIRE((key.file == file && key.actor == row.actor));
    if (key.part == part) found[row.actor] = kept(row);
    return true;
  });
  return found;
}

std::int64_t blocks(const Store& store) { return store.database().integer("SELECT count(*) FROM activity_block"); }

}  // namespace

TEST_CASE("identities come out of a block as they went in", "[log_block]") {
  Random random(1);
  for (std::size_t count = 2; count < 300; count += 1 + count / 2) {
    Identities all = some_identities(random, count);
    all.begin()->second = {"", "", "", ""};
    all.rbegin()->second = {std::string(70'000, 'i'), std::string(300'000, 'l'), "", std::string(1 << 22, '\x7F')};
    CHECK(identities_in(packed(all)) == all);
  }
}

TEST_CASE("a block has a first actor and an order, and is full in time", "[log_block]") {
  LogBlockWriter writer;
  CHECK(writer.empty());
  CHECK_THROWS_WITH(writer.add({-1, "", "negative", "", ""}), Catch::Contains("order of their numbers"));
  std::int64_t actor = 7;
  for (; !writer.full(); actor += 3) writer.add({actor, "", "somebody@example.com", "", "facts"});
  CHECK(writer.first_actor() == 7);
  CHECK(writer.block().size() < 14'000);
  CHECK_THROWS_WITH(writer.add({actor - 3, "", "again", "", ""}), Catch::Contains("order of their numbers"));
  writer.clear();
  writer.add({2, "", "smaller, in a block of its own", "", ""});
  CHECK(writer.first_actor() == 2);
  CHECK(identities_in(writer.block()).size() == 1);
}

TEST_CASE("damaged logs are said to be", "[log_block]") {
  Random random(2);
  const std::string block = packed(some_identities(random, 40));
  std::size_t cut = 0, noticed = 0;
  const auto damaged = [](std::string_view bytes) {
    LogRow row;
    try {
      for (LogBlockReader reader(bytes); reader.next(row);) REQUIRE(row.actor >= 0);
    } catch (const Error& error) {
      REQUIRE(std::string(error.what()).find("a log that can't be unpacked") != std::string::npos);
      return true;
    }
    return false;
  };
  for (std::size_t size = 0; size < block.size(); ++size)
    cut += damaged(std::string_view(block).substr(0, size)) ? 0u : 1u;
  CHECK(cut <= 41);  // between two identities a cut can't be seen: the seal does
  for (int i = 0; i < 4'000; ++i) {
    std::string broken = block;
    for (auto n = 1 + random() % 3; n > 0; --n)
      broken[random() % broken.size()] = static_cast<char>(random() % 4 == 0 ? 0xFF : random());
    noticed += damaged(broken) ? 1u : 0u;
  }
  CHECK(noticed > 500);
  CHECK(damaged(std::string("\x05\0\x01\0\0x\0\0\0\0\0", 11)));            // the second has the actor of the first
  CHECK(damaged(std::string(9, '\xFF') + '\x7F' + std::string(4, '\0')));  // an actor of more than 63 bits
  CHECK(damaged(std::string("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\0\0\0x", 15)));
}

TEST_CASE("SQL sees identities as they are", "[log_block]") {
  Random random(5);
  Identities all = some_identities(random, 400);
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  import(store, all, 2);
  REQUIRE(blocks(store) > 4);
  Statement sql = store.database().prepare(
      "SELECT b.part, l.actor, l.id, l.login, l.email, l.facts FROM activity_block b, log_row(b.rows) l ORDER BY 1, 2");
  for (const std::int64_t part : {0, 1})
    for (const auto& [actor, said] : all) {
      REQUIRE(sql.step());
      REQUIRE((sql.integer(0) == part && sql.integer(1) == actor && !sql.is_null(2)));
      REQUIRE(Kept{std::string(sql.text(2)), std::string(sql.text(3)), std::string(sql.text(4)),
                   std::string(sql.blob_view(5))} == said);
    }
  CHECK_FALSE(sql.step());
  CHECK(store.database().integer("SELECT count(*) FROM log_row(NULL)") == 0);
  CHECK(store.database().integer("SELECT count(*) FROM log_row(x'')") == 0);
  CHECK(store.database().integer("SELECT count(*) FROM log_row") == 0);
  CHECK_THROWS_WITH(store.database().integer("SELECT count(*) FROM log_row(x'05')"),
                    Catch::Contains("a log that can't be unpacked"));
}

TEST_CASE("single identities are found in their blocks", "[log_block]") {
  Random random(3);
  const Identities all = some_identities(random, 600);
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  const std::int64_t file = import(store, all, 2);
  import(store, all);
  Selection only;
  std::vector<std::int64_t> expected;
  for (const auto& [actor, said] : all) {
    only.blocks.push_back({file, 1, actor});
    expected.push_back(actor);
    if (actor < INT64_MAX && !all.contains(actor + 1)) only.blocks.push_back({file, 1, actor + 1});
  }
  only.blocks.push_back({file, 2, 0});
  std::vector<std::int64_t> found;
  store.each_block(
      [&](const StoredBlock& block) {
        REQUIRE(block.file == file);
        found.push_back(static_cast<std::int64_t>(block.actor));
        const Kept& said = all.at(found.back());
        REQUIRE((block.id == said.id && block.login == said.login && block.email == said.email));
        REQUIRE(block.facts == said.facts);
      },
      &only);
  CHECK(found == expected);
}

TEST_CASE("identities of one hash are found wherever a block ends between them", "[log_block]") {
  Random random(4);
  const std::string facts = some_facts(random);
  const std::uint64_t hash = identity_hash("", "wanted", "");
  for (std::size_t filling = 12'000; filling < 12'900; filling += 50) {
    const Folder folder;
    Store store(folder.file("s.db"), Store::Open::create);
    const std::string before(filling, 'b');
    ImportSession session(store);
    session.activity({0, hash - 5, "", before, "", facts});
    for (const char* other : {"other", "another", "wanted"}) session.activity({0, hash, "", other, "", facts});
    session.activity({0, hash + 900, "", "after", "", facts});
    ImportedFile file;
    file.kind = RecordKind::activity;
    file.org = "default";
    session.commit(file, {});
    std::vector<std::string> found;
    store.each_block_of({hash}, [&](const StoredBlock& block) { found.emplace_back(block.login); });
    CHECK(found == std::vector<std::string>{"wanted"});
  }
}

TEST_CASE("logs are edited block by block, and nothing of an identity removed stays", "[log_block]") {
  Random random(6);
  Identities all;
  for (int i = 0; i < 1000; ++i)
    all[static_cast<std::int64_t>(random() >> 1u)] = {"", "user" + std::to_string(i) + ".", "", some_facts(random)};
  const Folder folder;
  Store store(folder.file("s.db"), Store::Open::create);
  const std::int64_t file = import(store, all, 2);
  const std::int64_t before = blocks(store);
  REQUIRE(before >= 8);

  std::vector<std::int64_t> actors;
  for (const auto& [actor, said] : all) actors.push_back(actor);
  Identities left = all;
  // The first of all, so that its block begins with another, and some behind it.
  for (const std::size_t at : std::vector<std::size_t>{0, 1, 2, 500, 999}) {
    remove_block(store.database(), {file, 1, actors[at]});
    left.erase(actors[at]);
  }
  remove_block(store.database(), {file, 1, actors[0]});        // gone already
  remove_block(store.database(), {file, 1, actors[500] + 1});  // never there
  CHECK(identities_of(store, file, 0) == all);
  CHECK(identities_of(store, file, 1) == left);
  CHECK(blocks(store) == before);
  CHECK(store.database().integer("SELECT min(actor) FROM activity_block WHERE part = 1") == actors[3]);
  Statement gone = store.database().prepare("SELECT count(*) FROM activity_block WHERE part = 1 AND instr(rows, ?1)");
  gone.bind_blob_view(1, all[actors[500]].login);
  REQUIRE(gone.step());
  CHECK(gone.integer(0) == 0);
  CHECK(identity_of(store.database(), {file, 1, actors[500]}).login.empty());
  CHECK(identity_of(store.database(), {file, 0, actors[500]}).login == all[actors[500]].login);

  CHECK(remove_days_before(store.database(), Day{19'000}) == 0);
  CHECK(remove_days_before(store.database(), Day{20'000}) == static_cast<std::int64_t>(all.size() + left.size()));
  CHECK(blocks(store) < before);  // what was left of two went into one
  for (const auto& [actor, said] : identities_of(store, file, 1)) {
    REQUIRE(said.login == left[actor].login);
    FactReader facts(said.facts);
    for (PackedFact fact; facts.next(fact);) REQUIRE((fact.first == Day{20'000} && fact.last == Day{20'000}));
  }
  CHECK(remove_days_before(store.database(), Day{20'001}) == static_cast<std::int64_t>(all.size() + left.size()));
  CHECK(blocks(store) == 0);
}

}  // namespace log_block_test
