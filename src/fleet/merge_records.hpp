// SPDX-License-Identifier: Apache-2.0
// Several records of one snapshot that are one account.
#pragma once

#include "fleet/accounts.hpp"

namespace seatlint {

/// A further record of an account: blanks are filled, lists are joined. Lists go to `memory`.
void merge_record(AccountNode& into, const AccountNode& from, Arena& memory);
/// One that lives as long as `memory`; texts and lists are those of the original.
Account* lasting_copy(const Account& account, Arena& memory);

}  // namespace seatlint
