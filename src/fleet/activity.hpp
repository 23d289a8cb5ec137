// SPDX-License-Identifier: Apache-2.0
// Log identities joined to accounts, and what their days prove.
#pragma once

#include <map>
#include <vector>

#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Fills actions, uses and unknown actors. `used_on` are the last-activity days of each account's snapshots.
void add_activity(const Store& store, Fleet& fleet, const std::vector<std::map<Day, Evidence>>& used_on);

}  // namespace seatlint
