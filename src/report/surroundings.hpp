// SPDX-License-Identifier: Apache-2.0
// What a report shows around its findings: departments, how long seats rest, which days are proven, what is waived.
#pragma once

#include "seatlint/report.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// Fills departments, the idle histogram and coverage, and touches nothing else.
void add_surroundings(const Fleet& fleet, const Judged& judged, Report& report);
/// Fills the waivers of a report that has its findings.
void add_waivers(const Fleet& fleet, Report& report);

}  // namespace seatlint
