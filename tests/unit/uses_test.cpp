// SPDX-License-Identifier: Apache-2.0
// What an account did, from all that logs and columns say of it.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "base/arena.hpp"
#include "ingest/activity_block.hpp"
#include "seatlint/fleet.hpp"

namespace uses_test {

using namespace seatlint;

TEST_CASE("uses are the days of all logs up to the audit date", "[uses]") {
  constexpr std::int32_t today = 20'000;
  std::mt19937 dice(7);
  Fleet fleet;
  fleet.as_of = Day{today};
  fleet.actions.resize(12);
  fleet.log_actions = {{3, 0, 7, 1, 9}, {7, 3, 2, 9, 5}};  // as each file numbers them
  const int column = 11;
  Uses unpacked;
  std::size_t cut = 0, shared = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> facts;
    std::map<int, std::set<std::int32_t>> wanted;
    for (const std::vector<int>& numbers : fleet.log_actions) {
      FactWriter writer;
      for (std::uint32_t action = 0; action < numbers.size(); ++action) {
        if (dice() % 3 == 0) continue;
        std::set<std::int32_t> days;
        const std::size_t count = 1 + dice() % (round % 2 == 0 ? 4 : 90);
        const auto spread = static_cast<std::uint32_t>(round % 3 == 0 ? 12 : 700);
        while (days.size() < std::min<std::size_t>(count, spread / 2))
          days.insert(today + 5 - static_cast<std::int32_t>(dice() % spread));
        writer.add(action, std::vector<std::int32_t>(days.begin(), days.end()), 1 + dice() % 1'000'000, 77);
        for (const std::int32_t day : days) {
          cut += day > today;
          if (day <= today) shared += !wanted[numbers[action]].insert(day).second;
        }
      }
      facts.emplace_back(writer.block());
    }
    LoggedBlock second{1, 2, facts[1], nullptr};
    const LoggedBlock first{0, 1, facts[0], &second};
    const std::vector<ColumnDay> columns(dice() % 2, ColumnDay{Day{today - round}, column});
    for (const ColumnDay& one : columns) wanted[one.action].insert(one.day.days);
    Account account;
    Arena memory;
    account.blocks = BlockChain(&first);
    AccountMore more;
    more.column_days = memory.keep_list<ColumnDay>(columns);
    account.told_more = &more;
    std::map<int, std::set<std::int32_t>> found;
    int before = -1;
    for (const Use& use : unpacked.of(fleet, account)) {
      REQUIRE(before < use.action);
      before = use.action;
      for (Day day = use.days.first(); day <= use.days.last(); day = day + 1)
        if (use.days.test(day)) found[use.action].insert(day.days);
      REQUIRE(use.days.count() == found[use.action].size());
      REQUIRE(use.days.last().days == *found[use.action].rbegin());
    }
    REQUIRE(found == wanted);
  }
  CHECK(cut > 1000);
  CHECK(shared > 300);
}

TEST_CASE("damaged facts are no uses", "[uses]") {
  Fleet fleet;
  fleet.as_of = Day{20'000};
  fleet.actions.resize(1);
  fleet.log_actions = {{0}};
  FactWriter writer;
  writer.add(0, std::vector<std::int32_t>{19'000, 19'001, 19'400}, 1'000'000, 2'000'000);
  const std::string whole(writer.block());
  Uses unpacked;
  for (std::size_t left = 1; left < whole.size(); ++left) {
    const LoggedBlock block{0, 1, std::string_view(whole).substr(0, left), nullptr};
    Account account;
    account.blocks = BlockChain(&block);
    CHECK_THROWS_AS(unpacked.of(fleet, account), Error);
  }
}

}  // namespace uses_test
