// SPDX-License-Identifier: Apache-2.0
// Names dates, bases, prices and roles; never a rule's own words, which stand in the verdict.
#include "rules/row_reason.hpp"

#include <fmt/core.h>

#include "rules/judge.hpp"
#include "rules/wording.hpp"

namespace seatlint {
namespace {

std::string not_asked(const SeatCase& seat, int row) {
  const AccountClass account_class = seat.account.account_class;
  if (account_class == AccountClass::admin && row > row_idle) return "not asked of class admin";
  if (account_class != AccountClass::human && account_class != AccountClass::admin)
    return fmt::format("not asked of class {}", to_string(account_class));
  if (seat.on_leave) return "on leave";
  if (!seat.action_evidence) return "what was done is not proven for every day of the window";
  return "nobody was at work in the window beyond sign-ins";
}

std::string departure(const SeatCase& seat) {
  return seat.account.hr().last_day
             ? fmt::format("the last day, {}, is yet to come", to_string(*seat.account.hr().last_day))
             : std::string();
}

std::string clock(const SeatCase& seat) {
  if (!seat.seat.clock_start) return "since when it is held is not known";
  return fmt::format("held since {} ({})", to_string(*seat.seat.clock_start), seat.seat.clock_origin);
}

std::string proof(const SeatCase& seat) {
  const Day limit = seat.fleet.as_of - seat.idle_days.value;
  if (seat.last_human && *seat.last_human > limit) return "used within the idle days";
  return seat.column_only ? "the last-activity column proves the idle days" : "the idle days are proven";
}

std::string machine(const SeatCase& seat) {
  return seat.last_machine ? fmt::format("last machine activity {}", to_string(*seat.last_machine))
                           : std::string("no machine activity");
}

std::string cheaper(const SeatCase& seat) {
  if (seat.tier == nullptr) return {};
  if (seat.tier->unpriced) return "a price is not known";
  return seat.tier->cheapest.empty() ? "nothing cheaper is adequate" : "it is part of the cheapest set";
}

std::string role(const SeatCase& seat) {
  if (seat.role == nullptr) return "no [[role]] matches";
  return seat.role->license.empty() ? fmt::format("{} lists no license", seat.role->name)
                                    : fmt::format("{} lists it", seat.role->name);
}

}  // namespace

std::string row_reason(const SeatCase& seat, int row, bool asked) {
  if (!asked) return not_asked(seat, row);
  constexpr int row_departed = 2, row_disabled = 3, row_orphan = 6;
  const bool extra = seat.product.known != nullptr && (seat.product.known->kind == ProductKind::attach ||
                                                       seat.product.known->kind == ProductKind::addon);
  switch (row) {
    case row_departed:
      return departure(seat);
    case row_disabled:
      return std::string(to_string(seat.account.state));
    case row_orphan:
      return extra ? "a base it needs is held" : "needs no base";
    case row_new:
      return clock(seat);
    case row_unjudged:
      return proof(seat);
    case row_machine_only:
      return machine(seat);
    case row_never_used:
    case row_idle:
      return last_use_text(seat);
    case row_unused_addon:
      return extra ? "a feature of its own was used" : "no add-on";
    case row_underlicensed:
      return "all that was used is granted";
    case row_downgrade:
      return cheaper(seat);
    case row_wrong_role:
      return role(seat);
    case row_low_use:
      return seat.fleet.policy->low_use_days.value == 0 ? "switched off"
                                                        : "used on " + days_text(seat.human_days_in_window);
    default:
      return {};
  }
}

}  // namespace seatlint
