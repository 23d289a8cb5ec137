// SPDX-License-Identifier: Apache-2.0
// No evidence, no verdict: silence is not idleness.
#include <fmt/core.h>

#include "base/day_ranges.hpp"
#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_unjudged(const SeatCase& seat) { return !seat.evidence_sufficient; }

std::string why_unjudged(const SeatCase& seat) {
  return fmt::format("{}, but these days are not proven: {}; threshold {}", last_use_text(seat),
                     to_string(DayRanges(seat.missing)), setting_text(seat.idle_days));
}

}  // namespace

extern const Rule unjudged_rule;
const Rule unjudged_rule{
    .name = "unjudged",
    .code = "SL104",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "evidence is not sufficient to decide idleness",
    .description =
        R"(Nobody was seen in the last idle days, but not all of these days are proven: the log starts too late, ends too early, has
a gap, was capped, or its feed stopped. The missing days and the file to fetch are listed under `coverage-gap`.

A last-activity value of the account proves every day up to its snapshot date. A blank one proves nothing, unless the
export writes blanks for *never*; a bound such as "not in the last 30 days" proves only those days.

**Settings:** `idle_days`; `--covers FIRST..LAST` on import states the period a log really covers.)",
    .applies = is_unjudged,
    .why = why_unjudged,
};

}  // namespace seatlint
