// SPDX-License-Identifier: Apache-2.0
// What joined logs and last-activity columns say of each account.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/accounts.hpp"
#include "fleet/log_join.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

/// Newest days of anybody's activity, up to the audit date.
struct NewestDays {
  std::vector<std::optional<Day>> by_file;
  std::map<std::pair<int, std::string_view>, Day> by_column;  ///< org and vendor
};

/// Fills blocks of all accounts and the actions of their column days, and adds the actions that columns stand for.
NewestDays attach_activity(Fleet& fleet, const JoinedLogs& logs);

}  // namespace seatlint
