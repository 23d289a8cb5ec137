// SPDX-License-Identifier: Apache-2.0
// Log identities joined to accounts, and what their days prove.
#pragma once

#include "fleet/account_index.hpp"
#include "fleet/accounts.hpp"
#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Fills actions, uses and unknown actors. `only` may be null: all records.
void add_activity(const Store& store, Fleet& fleet, const AccountIndex& accounts, const Selection* only);

}  // namespace seatlint
