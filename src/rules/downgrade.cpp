// SPDX-License-Identifier: Apache-2.0
// A cheaper set of products does everything the account did.
#include <fmt/core.h>

#include <algorithm>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_downgrade(const SeatCase& seat) {
  if (!seat.tier || seat.tier->cheapest.empty()) return false;
  const auto& kept = seat.tier->cheapest;
  return std::find(kept.begin(), kept.end(), seat.seat.product) == kept.end();
}

std::string why_downgrade(const SeatCase& seat) {
  const std::string used = features_text(seat.fleet, seat.tier->needed);
  return fmt::format("{} would do for all that was used or is kept ({}); the seats held cost {}",
                     set_text(seat.fleet, seat.tier->cheapest, seat.tier->cheapest_cost), used,
                     to_string(*seat.tier->held_cost));
}

}  // namespace

extern const Rule downgrade_rule;
const Rule downgrade_rule{
    .name = "downgrade",
    .code = "SL404",
    .family = Family::mistiered,
    .severity = Severity::medium,
    .summary = "a cheaper adequate set of products exists",
    .description =
        R"(The exact cheapest set of products that grants every feature used in the window, every feature the account's role keeps,
and sign-in, costs less than what is held. Every seat not in that set gets the verdict; the account's saving is carried
by the dearest of them. Only products of the same vendor count that are still sold (or already held), may be held by this
class of account, have a price in the same currency, and are not bought for everybody at once.

Sign-ins alone never justify a downgrade: `action` evidence must cover the whole window, else the note is
`tier-unjudged`. With an unpriced seat or several currencies the note is `tier-unpriced`. A set that is cheaper only
under a condition beyond this account is the note `conditional-downgrade`, totaled apart.

**False alarms:** work that happens once a year. Use a longer `--window`, or `keep` in the person's `[[role]]`.

**Settings:** `window_days`, `[[role]] keep`, `[[contract]]`, `list_price`, `offered`.)",
    .applies = is_downgrade,
    .why = why_downgrade,
};

}  // namespace seatlint
