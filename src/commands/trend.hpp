// SPDX-License-Identifier: Apache-2.0
// What earlier audits would have said, for reports that show where things are heading.
#pragma once

#include "commands/audited.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

/// Adds the audits of earlier snapshot dates, made again with today's policy so that they compare: at most five, a
/// month or so apart.
void add_trend(Report& report, const Audited& now, const Store& store, const AuditScope& scope);

}  // namespace seatlint
