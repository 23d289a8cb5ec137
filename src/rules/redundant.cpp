// SPDX-License-Identifier: Apache-2.0
// A product that adds nothing to another one on the same account.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_redundant(const SeatCase& seat) { return seat.redundant_loser; }

std::string why_redundant(const SeatCase& seat) {
  if (seat.loses_to == seat.product.id) {
    return fmt::format("{} is assigned twice{}", seat.product.name,
                       seat.kept_by_group ? "; a group assigns it, too" : "");
  }
  return fmt::format("{} on the same account grants every feature of {}", seat.loses_to, seat.product.name);
}

}  // namespace

extern const Rule redundant_rule;
const Rule redundant_rule{
    .name = "redundant",
    .code = "SL304",
    .family = Family::overprovisioned,
    .severity = Severity::medium,
    .summary = "another paid product of the account grants everything this one does, or it is assigned twice",
    .description =
        R"(Another paid product of the same vendor on the same account grants every feature of this one, sign-in included. Of equal
products the cheaper is kept, an unpriced one counting as dearest, then the lower product id. Or the same product is
assigned directly and by a group: the group's assignment is kept, since the direct one is what can be taken off.

A product whose grants are not documented (`grants_known = false`) is never redundant.

**False alarms:** the catalog does not know a feature that this product alone has. Add it to the product's `grants`.)",
    .applies = is_redundant,
    .why = why_redundant,
};

}  // namespace seatlint
