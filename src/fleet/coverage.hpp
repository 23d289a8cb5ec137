// SPDX-License-Identifier: Apache-2.0
// Which days are proven, and which of them are not to be trusted.
#pragma once

#include <vector>

#include "fleet/audit_date.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

/// Coverage spans of every org, vendor and application, up to the audit date; row caps whose cut no other file
/// covers, feeds that stopped, stale and shrunk snapshots.
void add_coverage(Fleet& fleet, const std::vector<SnapshotSeries>& series);

}  // namespace seatlint
