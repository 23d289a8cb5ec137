// SPDX-License-Identifier: Apache-2.0
// A person's seat that only programs use.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_machine_only(const SeatCase& seat) {
  const Day limit = seat.fleet.as_of - seat.idle_days.value;
  const bool human = seat.last_human && *seat.last_human > limit;
  return seat.evidence_sufficient && !human && seat.last_machine && *seat.last_machine > limit;
}

std::string why_machine_only(const SeatCase& seat) {
  return fmt::format("{}, but machine activity on {}; threshold {}", last_use_text(seat), to_string(*seat.last_machine),
                     setting_text(seat.idle_days));
}

}  // namespace

extern const Rule machine_only_rule;
const Rule machine_only_rule{
    .name = "machine-only",
    .code = "SL402",
    .family = Family::mistiered,
    .severity = Severity::medium,
    .summary = "no human activity in the idle days, but machine activity",
    .description =
        R"(Only API, scheduled or synchronization activity is left. Never remove such a seat: something runs on it. An integration
license may do: where the catalog knows one that grants what the program uses and costs less, it is suggested, without a
saving.

**False alarms:** a client that the profile takes for a machine. Check `client` in the import profile.

**Settings:** `idle_days`; `[[class]]` with `class = "integration"` ends the discussion.)",
    .applies = is_machine_only,
    .why = why_machine_only,
};

}  // namespace seatlint
