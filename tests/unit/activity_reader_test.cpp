// SPDX-License-Identifier: Apache-2.0
// What an account did, counted from packed facts, is what its days say.
#include <catch2/catch.hpp>
#include <random>

#include "fleet_builder.hpp"
#include "rules/activity.hpp"

namespace activity_reader_test {
using namespace seatlint;
using namespace seatlint::testing;

namespace {

using Days = std::set<std::int32_t>;

struct Counted {
  std::optional<Day> human, machine;
  Days human_days;
  bool beyond_sign_in = false;
  FeatureSet features;
};

void count(const Fleet& fleet, int number, const Days& days, Counted& into) {
  const FleetAction& action = fleet.actions[static_cast<std::size_t>(number)];
  for (const std::int32_t each : days) {
    const Day day{each};
    if (fleet.as_of < day) continue;
    std::optional<Day>& newest = action.machine ? into.machine : into.human;
    newest = std::max(newest, std::optional(day));
    if (!fleet.window.contains(day)) continue;
    into.features |= action.features;
    if (action.sign_in) into.features.set(0);
    if (action.machine) continue;
    into.human_days.insert(each);
    into.beyond_sign_in |= !action.sign_in;
  }
}

}  // namespace

TEST_CASE("activity is what the days say, at the borders of the window, too", "[activity]") {
  FleetBuilder org;
  org.product("acme.basic", ProductKind::base, 500, {"lead.read", "lead.write", "api.call"});
  const int who = org.add_account("a");
  org.seat(who, "acme.basic");
  org.use(who, "lead.read", {"2026-09-01"});
  org.use(who, "sign-in", {"2026-09-01"});
  org.use(who, "lead.write", {"2026-09-01"});
  org.use(who, "api.call", {"2026-09-01"}, true);
  Fleet& fleet = org.fleet();
  std::mt19937 dice(11);
  std::size_t cut = 0, early = 0, empty = 0;
  for (int round = 0; round < 3000; ++round) {
    // Windows begin and end on all days of the bytes that days are kept in.
    fleet.as_of = day("2026-09-23") + round % 8;
    fleet.window = {fleet.as_of - static_cast<int>(dice() % 100), fleet.as_of};
    Counted wanted;
    std::array<FactWriter, 2> writers;
    for (FactWriter& writer : writers)
      for (std::uint32_t action = 0; action < fleet.actions.size(); ++action) {
        if (dice() % 2 == 0) continue;
        const auto spread = static_cast<std::int32_t>(1 + dice() % (round % 2 == 0 ? 20 : 300));
        const Day newest = fleet.as_of + 8 - static_cast<int>(dice() % (round % 3 == 0 ? 20 : 200));
        Days days;
        for (std::size_t i = 0; i < 1 + dice() % 30; ++i)
          days.insert(newest.days - static_cast<std::int32_t>(dice()) % spread);
        writer.add(action, std::vector<std::int32_t>(days.begin(), days.end()), 1, 2);
        count(fleet, fleet.log_actions.front()[action], days, wanted);
        cut += Day{*days.rbegin()} > fleet.as_of;
        early += Day{*days.begin()} < fleet.window.first;
      }
    LoggedBlock second{0, 2, writers[1].block(), nullptr};
    const LoggedBlock first{0, 1, writers[0].block(), &second};
    Account account = org.account(who);
    account.blocks = BlockChain(&first);
    if (dice() % 2 == 0) {
      const Day last = fleet.as_of - static_cast<int>(dice() % 120);
      account.set_last_activity({LastActivity::Kind::on, last});
      account.column_day.action = 1;
      count(fleet, 1, {last.days}, wanted);
    }
    const FleetIndex index(fleet);
    const Activity found = ActivityReader(index).of(account, index.product(0).scope);
    REQUIRE(found.human == wanted.human);
    REQUIRE(found.machine == wanted.machine);
    REQUIRE(found.human_days == static_cast<int>(wanted.human_days.size()));
    REQUIRE(found.beyond_sign_in == wanted.beyond_sign_in);
    REQUIRE(found.features == wanted.features);
    empty += wanted.human_days.empty();
  }
  CHECK(cut > 1000);
  CHECK(early > 1000);
  CHECK(empty > 100);
}

}  // namespace activity_reader_test
