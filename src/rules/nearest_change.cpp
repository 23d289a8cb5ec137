// SPDX-License-Identifier: Apache-2.0
// One sentence for each row of the verdict table; tier verdicts are asked again with one feature more.
#include "rules/nearest_change.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/day_ranges.hpp"
#include "rules/judge.hpp"
#include "rules/wording.hpp"

namespace seatlint {
namespace {

std::string names_of(const Fleet& fleet, const FeatureSet& features) {
  std::string text;
  for (std::size_t bit = 0; bit < fleet.features.size(); ++bit)
    if (features.test(bit)) text += (text.empty() ? "" : ", ") + fleet.features[bit];
  return text;
}

std::string of_bases(const SeatCase& seat) {
  std::string text;
  if (seat.product.known != nullptr)
    for (const std::string& base : seat.product.known->requires_any) text += (text.empty() ? "" : ", ") + base;
  return text.empty() ? "a base of " + seat.product.vendor : "one of " + text;
}

/// Which of the features that only the seats held grant would have kept them: each is asked for by itself.
std::string downgrade_change(const SeatCase& seat, const AskAgain& ask) {
  const Fleet& fleet = seat.fleet;
  FeatureSet held, suggested, keeping;
  for (const int other : seat.tier->judged)
    held |= fleet.products[static_cast<std::size_t>(fleet.seats[static_cast<std::size_t>(other)].product)].grants;
  for (const int product : seat.tier->cheapest) suggested |= fleet.products[static_cast<std::size_t>(product)].grants;
  const FeatureSet only_held = held & ~suggested;
  for (std::size_t bit = 0; bit < fleet.features.size(); ++bit) {
    if (!only_held.test(bit)) continue;
    FeatureSet more;
    more.set(bit);
    const std::vector<int>& cheapest = ask(more).cheapest;
    if (cheapest.empty() || std::find(cheapest.begin(), cheapest.end(), seat.seat.product) != cheapest.end())
      keeping.set(bit);
  }
  const std::string since = to_string(fleet.window.first);
  if (keeping.any())
    return fmt::format("one use on {} or later of any of these would keep {}: {}", since, seat.product.name,
                       names_of(fleet, keeping));
  if (only_held.any())
    return fmt::format("no single feature would keep {}; one of these would call for another set: {}",
                       seat.product.name, names_of(fleet, only_held));
  return {};
}

std::string never_or_idle(const SeatCase& seat) {
  return fmt::format("one human activity on {} or later would make it used",
                     to_string(seat.fleet.as_of - seat.idle_days.value + 1));
}

/// Seats in use: when silence would make them idle.
std::string in_use(const SeatCase& seat, bool is_judged_by_use) {
  if (!is_judged_by_use) {
    return seat.account.account_class == AccountClass::human || seat.account.account_class == AccountClass::admin
               ? std::string()
               : fmt::format("class human, in the export or a [[class]], would have its use judged");
  }
  if (!seat.last_human || *seat.last_human + seat.idle_days.value <= seat.fleet.as_of) return {};
  return fmt::format("without further use it goes idle on {}", to_string(*seat.last_human + seat.idle_days.value));
}

std::string early_rows(const SeatCase& seat, std::string_view rule) {
  if (rule == "departed")
    return seat.account.hr().last_day
               ? "a last day after " + to_string(seat.fleet.as_of) + " would have the seat judged by use"
               : "an account that is not deleted would have the seat judged by use";
  if (rule == "disabled") return "an account that can sign in would have the seat judged by use";
  if (rule == "duplicate")
    return fmt::format("use of this account after the last use of {} would keep this seat instead", seat.loses_to);
  if (rule == "redundant")
    return fmt::format("without {} the seat would be judged by use", seat.kept_by_group ? "the group" : seat.loses_to);
  if (rule == "orphan") return of_bases(seat) + ", held by the same account, would carry it";
  if (rule == "outside")
    return seat.product.known == nullptr ? "a [[product]] that says what it grants would bring it in"
                                         : "a log that shows its use would bring it in";
  return {};
}

}  // namespace

std::string nearest_change(const SeatCase& seat, const Judgment& judgment, const AskAgain& ask) {
  const std::string_view rule = judgment.rule->name;
  if (std::string early = early_rows(seat, rule); !early.empty()) return early;
  if (rule == "new" && seat.seat.clock_start)
    return fmt::format("the grace period ends on {}", to_string(*seat.seat.clock_start + seat.grace_days.value));
  if (rule == "unjudged") return "evidence for " + to_string(DayRanges(seat.missing)) + " would decide it";
  if (rule == "idle" || rule == "never-used") return never_or_idle(seat);
  if (rule == "machine-only")
    return fmt::format("one activity by hand on {} or later would make it used",
                       to_string(seat.fleet.as_of - seat.idle_days.value + 1));
  if (rule == "unused-addon" && seat.seat.left_behind().file >= 0) return "a permission set that needs it would keep it";
  if (rule == "unused-addon")
    return seat.own_features.any()
               ? fmt::format("one use on {} or later of any of these would keep it: {}",
                             to_string(seat.fleet.window.first), names_of(seat.fleet, seat.own_features))
               : std::string("it grants nothing that the other seats do not");
  if (rule == "underlicensed" && seat.tier != nullptr)
    return "without the use of " + names_of(seat.fleet, seat.tier->uncovered) + " it would be licensed";
  if (rule == "downgrade" && seat.tier != nullptr) return downgrade_change(seat, ask);
  return in_use(seat, is_asked(seat, row_idle));
}

}  // namespace seatlint
