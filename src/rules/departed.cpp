// SPDX-License-Identifier: Apache-2.0
// Seats of people who have left: the surest money of all.
#include <fmt/core.h>

#include "rules/seat_facts.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_departed(const SeatCase& seat) { return has_departed(seat.fleet, seat.account, seat.product); }

std::string why_departed(const SeatCase& seat) {
  const auto& last_day = seat.account.hr().last_day;
  if (last_day && *last_day <= seat.fleet.as_of)
    return fmt::format("last day was {}, by the list of departures", to_string(*last_day));
  return fmt::format("the account is deleted, and that does not release {}", seat.product.name);
}

}  // namespace

extern const Rule departed_rule;
const Rule departed_rule{
    .name = "departed",
    .code = "SL301",
    .family = Family::overprovisioned,
    .severity = Severity::high,
    .summary = "the person has left, or the account is deleted and the seat is not released",
    .description =
        R"(HR's list of departures gives a last day on or before the audit date, or the export marks the account as deleted while
the product's seat is not freed by that.

**False alarms:** a departure list that names somebody else's account (people are matched by e-mail, HR id or login,
never by name); somebody who left and came back, whose old last day is still in the list.

**Settings:** `released_by` of a `[[product]]` says which account states free its seat.)",
    .applies = is_departed,
    .why = why_departed,
};

}  // namespace seatlint
