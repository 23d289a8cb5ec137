// SPDX-License-Identifier: Apache-2.0
// People get time to arrive.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_new(const SeatCase& seat) {
  return seat.seat.clock_start && *seat.seat.clock_start > seat.fleet.as_of - seat.grace_days.value;
}

std::string why_new(const SeatCase& seat) {
  return fmt::format("{} on {}, {} days before {}; grace {}",
                     seat.seat.clock_origin.empty() ? "started" : seat.seat.clock_origin,
                     to_string(*seat.seat.clock_start), seat.fleet.as_of - *seat.seat.clock_start,
                     to_string(seat.fleet.as_of), setting_text(seat.grace_days));
}

}  // namespace

extern const Rule new_rule;
const Rule new_rule{
    .name = "new",
    .code = "SL103",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "the clock started less than the grace days ago",
    .description =
        R"(The clock of an assignment starts at the latest of: account created, assignment first seen (where an earlier snapshot
lacks it), account reactivated, day after the last leave. Within the grace days after it nobody is called idle.

**Settings:** `grace_days` in `[audit]`, `[audit.class.NAME]` and `[audit.product."ID"]`; `--grace-days`.)",
    .applies = is_new,
    .why = why_new,
};

}  // namespace seatlint
