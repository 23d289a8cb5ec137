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

/// What a log says of an account, in a list with all else that logs say of it, in the order of import.
struct JoinedBlock {
  int account = 0;  ///< index into Fleet::accounts
  JoinedBlock* next = nullptr;
  LoggedBlock logged;
};

/// What a log says, and the identity it says it of.
struct NamedBlock {
  LoggedBlock logged;
  std::string_view id, login, email;
  bool several = false;  ///< accounts answer to it
};

struct JoinedLogs {
  std::vector<std::vector<JoinedBlock>> blocks;
  std::vector<std::vector<NamedBlock>> strangers;  ///< of nobody's account, or of several
  std::vector<JoinedBlock*> first_of;              ///< by account; nullptr: no log tells of it
};

/// All logs of the fleet, or of them only what is selected. Views live as long as the fleet.
JoinedLogs join_logs(const Store& store, const Fleet& fleet, const AccountIndex& accounts, const Selection* only);

}  // namespace seatlint
