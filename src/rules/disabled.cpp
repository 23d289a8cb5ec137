// SPDX-License-Identifier: Apache-2.0
// Seats of accounts that cannot sign in but are still paid for.
#include <fmt/core.h>

#include "rules/seat_facts.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_disabled(const SeatCase& seat) { return is_locked_out(seat.account, seat.product); }

std::string why_disabled(const SeatCase& seat) {
  return fmt::format("the account is {}, and that does not release {}", to_string(seat.account.state),
                     seat.product.name);
}

}  // namespace

extern const Rule disabled_rule;
const Rule disabled_rule{
    .name = "disabled",
    .code = "SL302",
    .family = Family::overprovisioned,
    .severity = Severity::high,
    .summary = "the account cannot sign in, and that does not release the seat",
    .description =
        R"(The export says that the account is disabled, blocked, suspended or frozen, and the catalog does not say that this state
frees the product's seat. Blocking somebody in Microsoft 365 keeps the license assigned; deactivating a Salesforce user
frees the user license but not its permission-set licenses.

**False alarms:** accounts blocked for a few days. Give such people a `[[waiver]]`, or list them as on leave: a locked
account keeps this verdict, but the waiver takes it out of the savings.

**Settings:** `released_by` of a `[[product]]`.)",
    .applies = is_disabled,
    .why = why_disabled,
};

}  // namespace seatlint
