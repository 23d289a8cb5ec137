// SPDX-License-Identifier: Apache-2.0
// Seats nobody has used for long.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_idle(const SeatCase& seat) {
  const Day limit = seat.fleet.as_of - seat.idle_days.value;
  const bool used = seat.last_human && *seat.last_human > limit;
  const bool started = seat.seat.clock_start && *seat.seat.clock_start > limit;
  return seat.evidence_sufficient && !used && !started;
}

std::string why_idle(const SeatCase& seat) {
  return fmt::format("{}; threshold {}", last_use_text(seat), setting_text(seat.idle_days));
}

}  // namespace

extern const Rule idle_rule;
const Rule idle_rule{
    .name = "idle",
    .code = "SL201",
    .family = Family::idle,
    .severity = Severity::medium,
    .summary = "last human activity and clock start are both at least the idle days ago",
    .description =
        R"(The later of last human activity and clock start is on or before the audit date minus the idle days, and evidence spans
these days. Failed sign-ins and machine activity are no use. A last-activity column counts as one day of use; where it
and the log disagree the later wins, and the conflict is a note.

**False alarms:** seasonal work, part-time and leave. Import leave and part-time lists, set `idle_days` for the
product or the class, or give the person a `[[waiver]]`.

**Settings:** `idle_days` in `[audit]`, `[audit.class.NAME]` and `[audit.product."ID"]`; `--idle-days`.)",
    .applies = is_idle,
    .why = why_idle,
};

}  // namespace seatlint
