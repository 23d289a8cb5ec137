// SPDX-License-Identifier: Apache-2.0
// Whom logs are about: identities as they were stored, and the accounts that answer to them.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fleet/account_index.hpp"
#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// What a log says, and the identity it says it of.
struct NamedBlock {
  LoggedBlock logged;
  std::string_view id, login, email;
  bool several = false;  ///< accounts answer to it
};

struct JoinedLogs {
  std::vector<NamedBlock> strangers;   ///< of nobody's account, or of several; in the order of import
  std::vector<LoggedBlock*> first_of;  ///< by account, of its chain in the order of import; nullptr: no log tells of it
};

/// All logs of the fleet, or of them only what is selected. What they say goes to the fleet's memory.
JoinedLogs join_logs(const Store& store, Fleet& fleet, const AccountIndex& accounts, const Selection* only);

}  // namespace seatlint
