// SPDX-License-Identifier: Apache-2.0
// An attach or add-on whose own features nobody used.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_unused_addon(const SeatCase& seat) {
  const Product* known = seat.product.known;
  const bool extra = known && (known->kind == ProductKind::attach || known->kind == ProductKind::addon);
  if (!extra) return false;
  return seat.seat.left_behind().file >= 0 || (known->grants_known && (seat.own_features & seat.features_used).none());
}

std::string left_behind(const SeatCase& seat) {
  const ImportedFile& file = seat.fleet.files[static_cast<std::size_t>(seat.seat.left_behind().file)];
  return fmt::format("no permission set of the account needs {}, by {} of {}", seat.product.name, file.name,
                     to_string(*file.snapshot_date));
}

std::string why_unused_addon(const SeatCase& seat) {
  if (seat.seat.left_behind().file >= 0) return left_behind(seat);
  const std::string own = features_text(seat.fleet, seat.own_features);
  const std::string window = to_string(seat.fleet.window.first) + ".." + to_string(seat.fleet.window.last);
  if (own.empty())
    return fmt::format("{} grants nothing that the other products of the account do not", seat.product.name);
  return fmt::format("used on {} in {}, but never what only {} grants: {}", days_text(seat.human_days_in_window),
                     window, seat.product.name, own);
}

}  // namespace

extern const Rule unused_addon_rule;
const Rule unused_addon_rule{
    .name = "unused-addon",
    .code = "SL305",
    .family = Family::overprovisioned,
    .severity = Severity::medium,
    .summary = "none of the features only this attach or add-on grants was used in the window",
    .description =
        R"(The account was at work in the window, `action` evidence covers the whole window, and none of the features that only this
product grants (and no other product of the account) was used, not even by a program. One without any feature of its own
counts, too. A product whose grants are not documented is never called unused.

A license that only permission sets draw on is left behind where none of its holder's needs it. That takes the list of
assigned permission sets, of about the same day as that of the licenses, and an account that was at work in the window.

**False alarms:** features the catalog cannot recognize in a log. Describe them in a `[[feature]]`.

**Settings:** `window_days`.)",
    .applies = is_unused_addon,
    .why = why_unused_addon,
};

}  // namespace seatlint
