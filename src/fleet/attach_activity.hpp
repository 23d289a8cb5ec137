// SPDX-License-Identifier: Apache-2.0
// What joined logs and last-activity columns say of each account.
#pragma once

#include <optional>
#include <vector>

#include "fleet/accounts.hpp"
#include "fleet/log_join.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

/// Fills blocks and column days of all accounts, and adds the actions that columns stand for. Returns for each file
/// the newest day of anybody's activity in it, up to the audit date.
std::vector<std::optional<Day>> attach_activity(Fleet& fleet, const JoinedLogs& logs, const ColumnDays& days);

}  // namespace seatlint
