// SPDX-License-Identifier: Apache-2.0
// What joined blocks and last-activity columns say of each account, unpacked.
#pragma once

#include <optional>
#include <vector>

#include "fleet/accounts.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

/// A block of a log and the account it is about.
struct JoinedBlock {
  int account = 0;          ///< index into Fleet::accounts, not below 0
  std::uint64_t actor = 0;  ///< hash of the identity
  LoggedBlock logged;
};

/// Fills actors, blocks and uses of all accounts, and adds the actions that columns stand for. Returns for each file
/// the newest day of anybody's activity in it, up to the audit date.
std::vector<std::optional<Day>> build_uses(Fleet& fleet, std::vector<JoinedBlock> blocks, const ColumnDays& days);

}  // namespace seatlint
