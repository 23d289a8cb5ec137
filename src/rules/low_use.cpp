// SPDX-License-Identifier: Apache-2.0
// A hint, never a claim: few days of use in the window.
#include <fmt/core.h>

#include <algorithm>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_low_use(const SeatCase& seat) {
  const Policy& policy = *seat.fleet.policy;
  const auto& forbid = policy.privacy.forbid;
  const bool forbidden = std::find(forbid.begin(), forbid.end(), "low-use") != forbid.end();
  return !forbidden && seat.human_days_in_window < policy.low_use_days.value;
}

std::string why_low_use(const SeatCase& seat) {
  return fmt::format("used on {} of {}..{}; low use is below {}", days_text(seat.human_days_in_window),
                     to_string(seat.fleet.window.first), to_string(seat.fleet.window.last),
                     setting_text(seat.fleet.policy->low_use_days));
}

}  // namespace

extern const Rule low_use_rule;
const Rule low_use_rule{
    .name = "low-use",
    .code = "SL105",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "used on fewer than `low_use_days` days in the window",
    .description =
        R"(Off unless `low_use_days` is set. People on few days may need training, a shared seat or nothing at all; it is not their
fault. The seat's money counts as used. `[privacy] forbid = ["low-use"]` forbids the rule altogether.

**Settings:** `low_use_days` in `[audit]`.)",
    .applies = is_low_use,
    .why = why_low_use,
};

}  // namespace seatlint
