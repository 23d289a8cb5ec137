// SPDX-License-Identifier: Apache-2.0
// Seats nobody ever touched.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_never_used(const SeatCase& seat) { return seat.evidence_sufficient && !seat.last_human && !seat.last_machine; }

std::string why_never_used(const SeatCase& seat) {
  const auto& clock = seat.seat.clock_start;
  const std::string since = seat.coverage_since && seat.coverage_starts_late
                                ? "since " + to_string(*seat.coverage_since)
                                : "in anything imported";
  return fmt::format(
      "no activity {}{}; threshold {}", since,
      clock ? fmt::format(" ({} {})", seat.seat.clock_origin.empty() ? "held from" : seat.seat.clock_origin,
                          to_string(*clock))
            : "",
      setting_text(seat.idle_days));
}

}  // namespace

extern const Rule never_used_rule;
const Rule never_used_rule{
    .name = "never-used",
    .code = "SL202",
    .family = Family::idle,
    .severity = Severity::high,
    .summary = "no activity of the account in anything imported",
    .description =
        R"(Neither people nor programs used the product in anything imported, and evidence spans the idle days (from clock start on,
where that is later). Where the evidence is younger than the account, the note `since DAY` says how far back it reaches:
*never* means *not since then*.

**False alarms:** use that no log shows (reports by mail, a mobile client). See `outside` and the product's
`applications`.

**Settings:** `grace_days` decides when a seat is no longer `new`; `idle_days` how many days must be proven.)",
    .applies = is_never_used,
    .why = why_never_used,
};

}  // namespace seatlint
