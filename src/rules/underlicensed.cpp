// SPDX-License-Identifier: Apache-2.0
// Work that no product of the account allows.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_underlicensed(const SeatCase& seat) {
  return seat.tier && seat.tier->uncovered.any() && seat.tier->carrier == seat.seat_index;
}

std::string why_underlicensed(const SeatCase& seat) {
  const std::string lacking = features_text(seat.fleet, seat.tier->uncovered);
  std::string text = fmt::format("used in the window but granted by no product of the account: {}", lacking);
  if (!seat.tier->adequate.empty())
    text += "; " + set_text(seat.fleet, seat.tier->adequate, seat.tier->adequate_cost) + " would do";
  return text;
}

}  // namespace

extern const Rule underlicensed_rule;
const Rule underlicensed_rule{
    .name = "underlicensed",
    .code = "SL403",
    .family = Family::mistiered,
    .severity = Severity::high,
    .summary = "a feature used in the window is granted by none of the account's products",
    .description =
        R"(The log shows a feature in use that none of the account's products grants, not even under a condition. The finding stands
on the account's dearest seat; the cheapest set that would allow the work is suggested. It costs money to end this: it is
never a saving.

An active account that holds no product granting sign-in is the same finding without a seat. It is not raised where no
export told who holds what.

**False alarms:** a pattern that recognizes too much; a product missing in the catalog; rights from before a price change.

**Settings:** `[[feature]]`, `grants` and `conditional` of `[[product]]`, `window_days`.)",
    .applies = is_underlicensed,
    .why = why_underlicensed,
};

}  // namespace seatlint
