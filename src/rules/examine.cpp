// SPDX-License-Identifier: Apache-2.0
// Asks each row again for one account and keeps the answers.
#include "rules/examine.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "rules/judge.hpp"
#include "rules/seat_case.hpp"
#include "rules/tier.hpp"

namespace seatlint {
namespace {

TierView tier_of(const FleetIndex& index, RoleFinder& roles, const std::vector<SeatCase>& cases,
                 const std::vector<int>& reached, const SeatCase& asked) {
  std::vector<int> judged;
  FeatureSet used;
  const int vendor = index.product(asked.seat.product).vendor;
  for (const SeatCase& seat : cases) {
    const bool open = std::find(reached.begin(), reached.end(), seat.seat_index) != reached.end();
    if (!open || index.product(seat.seat.product).vendor != vendor) continue;
    judged.push_back(seat.seat_index);
    used |= seat.features_used;
  }
  const int role = asked.role == nullptr ? -1 : static_cast<int>(asked.role - index.fleet().policy->roles.data());
  return TierBook(index).view(asked.account, std::move(judged), used, roles.keeps(role, vendor));
}

std::string names_of(const Fleet& fleet, const FeatureSet& features) {
  std::string text;
  for (std::size_t bit = 0; bit < fleet.features.size(); ++bit)
    if (features.test(bit)) text += (text.empty() ? "" : ", ") + fleet.features[bit];
  return text;
}

/// What the seats held grant and the suggested set does not: one use of it would keep them.
std::string keeping_features(const Fleet& fleet, const TierView& tier) {
  FeatureSet held, suggested;
  for (const int seat : tier.judged)
    held |= fleet.products[static_cast<std::size_t>(fleet.seats[static_cast<std::size_t>(seat)].product)].grants;
  for (const int product : tier.cheapest) suggested |= fleet.products[static_cast<std::size_t>(product)].grants;
  return names_of(fleet, held & ~suggested);
}

}  // namespace

std::vector<SeatPath> examine(const Fleet& fleet, const Judged& judged, int account) {
  const FleetIndex index(fleet);
  RoleFinder roles(index);
  CaseBook book(index, roles);
  std::vector<SeatCase> cases = book.cases(fleet.accounts[static_cast<std::size_t>(account)]);
  std::vector<int> reached;  // row 14
  for (const SeatCase& seat : cases) {
    const Rule* verdict = judged.seats[static_cast<std::size_t>(seat.seat_index)].rule;
    bool decided = false;
    for (int row = row_free; row <= row_unused_addon; ++row) decided = decided || &seat_rule(row) == verdict;
    if (!decided && is_asked(seat, row_underlicensed)) reached.push_back(seat.seat_index);
  }
  std::vector<SeatPath> paths;
  for (SeatCase& seat : cases) {
    SeatPath path{seat.seat_index,      seat.idle_days,  seat.grace_days,   {},          seat.missing,
                  seat.action_evidence, seat.last_human, seat.last_machine, std::nullopt};
    if (std::find(reached.begin(), reached.end(), seat.seat_index) != reached.end()) {
      path.tier = tier_of(index, roles, cases, reached, seat);
      seat.tier = &*path.tier;
    }
    for (int row = row_free; row <= row_used; ++row) {
      const Rule& rule = seat_rule(row);
      const bool asked = is_asked(seat, row);
      path.steps.push_back({&rule, asked, asked && rule.applies(seat)});
      if (path.steps.back().applies) break;
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

std::string nearest_change(const Fleet& fleet, const Judgment& judgment, const SeatPath& path) {
  const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
  const std::string_view rule = judgment.rule->name;
  const AccountClass account_class = fleet.accounts[static_cast<std::size_t>(seat.account)].account_class;
  if (account_class != AccountClass::human && account_class != AccountClass::admin) return {};
  const Day idle_since = fleet.as_of - path.idle_days.value;
  if (rule == "idle" || rule == "never-used")
    return fmt::format("one human activity on {} or later would make it used", to_string(idle_since + 1));
  if (rule == "machine-only")
    return fmt::format("one activity by hand on {} or later would make it used", to_string(idle_since + 1));
  if (rule == "new" && seat.clock_start)
    return fmt::format("the grace period ends on {}", to_string(*seat.clock_start + path.grace_days.value));
  if (rule == "unjudged" && !path.missing.empty()) {
    std::string days;
    for (const DayRange& range : path.missing)
      days += (days.empty() ? "" : ", ") + to_string(range.first) +
              (range.first == range.last ? "" : " to " + to_string(range.last));
    return "evidence for " + days + " would decide it";
  }
  if (rule == "downgrade" && path.tier) {
    const std::string features = keeping_features(fleet, *path.tier);
    if (!features.empty())
      return fmt::format("one use on {} or later of any of these would keep it: {}", to_string(fleet.window.first),
                         features);
  }
  if (rule == "underlicensed" && path.tier)
    return "without the use of " + names_of(fleet, path.tier->uncovered) + " it would be licensed";
  const bool in_use = rule == "used" || rule == "low-use" || rule == "wrong-role" || rule == "unused-addon";
  if (in_use && path.last_human && *path.last_human + path.idle_days.value > fleet.as_of)
    return fmt::format("without further use it goes idle on {}", to_string(*path.last_human + path.idle_days.value));
  return {};
}

}  // namespace seatlint
