// SPDX-License-Identifier: Apache-2.0
// What a log's rows become in memory: identities by their cells, rows of a few bytes, and from both packed blocks.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <tuple>

#include "ingest/activity_rows.hpp"

namespace actor_table_test {

using namespace seatlint;

namespace {

std::string random_text(std::mt19937& random) {
  std::string text(random() % (random() % 8 == 0 ? 90 : 12), 'a');
  for (char& c : text) c = static_cast<char>('a' + random() % 4);
  return text;
}

/// As a row has them: something stands behind.
std::string with_others(const std::string& cells) { return cells + "," + std::string(CellKey::most, 'o'); }

CellKey key_of(const std::string& cells) {
  const std::string row = with_others(cells);
  return CellKey(std::string_view(row).substr(0, cells.size()));
}

Identity login(const std::string& text) { return {{}, text, {}, {}, {}, {}}; }

}  // namespace

TEST_CASE("cells name the identity that was told, however many there are") {
  std::mt19937 random(11);
  ActorTable actors;
  std::map<std::string, ActorTable::Found> told;
  for (int i = 0; i < 60'000; ++i) {
    const std::string cells = random_text(random);
    const CellKey key = key_of(cells);
    const std::uint64_t hash = key.hash(cells);
    const ActorTable::Found found = actors.find(hash, cells);
    REQUIRE(found.known == told.contains(cells));
    const ActorTable::Found same = actors.is(actors.candidate(hash), key, cells);
    REQUIRE((same.known == found.known && same.actor == found.actor && same.partition == found.partition));
    if (!found.known) {
      const Identity identity =
          random() % 4 == 0 ? Identity{"7", cells, cells + "@x", {}, {}, {}} : login(random() % 2 == 0 ? cells : "one");
      const bool plain = identity.id.empty() && identity.login == cells && !cells.empty();
      told[cells] = plain ? actors.name_login(hash, cells) : actors.name(hash, cells, identity);
      const ActorTable::Found again = actors.actor_of(identity);
      REQUIRE((again.actor == told[cells].actor && again.partition == told[cells].partition));
      if (again.actor != ActorTable::nobody)
        REQUIRE(actors.actor(again.partition, again.actor).login() == identity.login);
    }
    if (i % 20'000 == 0) actors.drop_outgrown();
  }
  for (const auto& [cells, found] : told) {
    const ActorTable::Found now = actors.find(key_of(cells).hash(cells), cells);
    REQUIRE((now.known && now.actor == found.actor && now.partition == found.partition));
  }
}

TEST_CASE("keys are the same for the same cells, whatever stands behind them") {
  for (std::size_t size = 0; size <= CellKey::most + 9; ++size) {
    const std::string cells(size, 'c'), shorter(size > 0 ? size - 1 : 1, 'c');
    std::string row = cells + std::string(CellKey::most, '\xFF');
    const CellKey key(std::string_view(row).substr(0, size));
    CHECK(key.hash(cells) == key_of(cells).hash(cells));
    if (size > CellKey::most) continue;
    CHECK(key == key_of(cells));
    CHECK(key.sketch() == key_of(cells).sketch());
    CHECK_FALSE(key == key_of(shorter));
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = row;
      other[i] = 'd';
      CHECK_FALSE(key == CellKey(std::string_view(other).substr(0, size)));
    }
  }
}

TEST_CASE("rows come out as they went in") {
  std::mt19937 random(5);
  const auto number = [&] { return static_cast<std::uint32_t>(random()) >> random() % 32; };
  DayRows rows;
  std::map<std::size_t, std::vector<DayRow>> added;
  for (int i = 0; i < 40'000; ++i) {
    const std::size_t partition = random() % 3 == 0 ? 7 : random() % actor_partitions;
    const DayRow row{number(), static_cast<std::uint16_t>(number()), static_cast<std::uint16_t>(number()), number()};
    rows.add(partition, row);
    added[partition].push_back(row);
  }
  CHECK(rows.count() == 40'000);
  for (std::size_t partition = 0; partition < actor_partitions; ++partition) {
    std::size_t at = 0;
    const std::vector<DayRow>& expected = added[partition];
    rows.each(partition, [&](const DayRow& row) {
      REQUIRE(at < expected.size());
      const DayRow& one = expected[at++];
      REQUIRE(std::tuple(row.actor, row.action, row.day, row.line) ==
              std::tuple(one.actor, one.action, one.day, one.line));
    });
    REQUIRE(at == expected.size());
  }
}

TEST_CASE("rows are packed whether 64 bits are enough for one or not") {
  for (const unsigned actions : {3u, 40'000u}) {
    std::mt19937 random(actions);
    ActorTable actors;
    ActionNumbers numbers;
    for (unsigned i = 0; i < actions; ++i) numbers.handle({"object" + std::to_string(i), {}, {}, {}, false});
    numbers.settle();
    std::vector<DayRows> rows(2);
    std::map<std::tuple<std::string, std::uint32_t, std::int32_t>, std::uint64_t> first_lines;
    std::map<std::pair<std::string, std::uint32_t>, std::vector<std::int32_t>> days_of;
    for (std::uint32_t line = 0; line < 60'000; ++line) {
      const std::string who = "user" + std::to_string(random() % 3000);
      const auto action = static_cast<std::uint16_t>(random() % 9 % actions);
      const auto day = static_cast<std::uint16_t>(actions == 3 ? 20'000 + random() % 90 : random() % 8 * 9000);
      const ActorTable::Found found = actors.actor_of(login(who));
      rows[random() % 2].add(found.partition, {found.actor, action, day, line});
      if (first_lines.try_emplace({who, numbers.number(action), day}, 100 + line).second)
        days_of[{who, numbers.number(action)}].push_back(day);
    }
    PartitionPacker packer(actors, numbers, rows, 100);
    std::size_t days = 0;
    for (std::size_t partition = 0; partition < actor_partitions; ++partition) {
      std::uint64_t last = 0;
      packer.pack(partition).each(actors, 0, [&](const ActivityBlock& block) {
        REQUIRE(block.actor > last);
        last = block.actor;
        FactReader reader(block.facts);
        for (PackedFact fact; reader.next(fact);) {
          const std::string who(block.login);
          REQUIRE(fact.proven_by().first == first_lines.at({who, fact.action, fact.first.days}));
          REQUIRE(fact.proven_by().second == first_lines.at({who, fact.action, fact.last.days}));
          DayBits bits;
          fact.add_to(bits);
          days += bits.count();
          for (const std::int32_t day : days_of[{who, fact.action}]) REQUIRE(bits.test({day}));
        }
      });
    }
    CHECK(days == first_lines.size());
  }
}

}  // namespace actor_table_test
