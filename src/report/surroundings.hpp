// SPDX-License-Identifier: Apache-2.0
// What a report shows around its findings: departments, how long seats rest, which days are proven, what is waived.
#pragma once

#include "seatlint/report.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// Fills departments, the idle histogram, coverage and waivers of a report that has its findings.
void add_surroundings(const Fleet& fleet, const Judged& judged, Report& report);

}  // namespace seatlint
