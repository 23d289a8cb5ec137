// SPDX-License-Identifier: Apache-2.0
// Log identities joined to accounts, and what their days prove.
#pragma once

#include <map>
#include <unordered_map>
#include <vector>

#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Fleet actions by the numbers that the blocks of a file use.
using ActionIndex = std::unordered_map<std::int64_t, std::vector<int>>;
/// For a fleet whose actions are filled.
ActionIndex action_numbers(const Store& store, const Fleet& fleet);

/// Fills actions, uses and unknown actors. `used_on` are the last-activity days of each account's snapshots; `only` may
/// be null: all records.
void add_activity(const Store& store, Fleet& fleet, const std::vector<std::map<Day, Evidence>>& used_on,
                  const Selection* only);

}  // namespace seatlint
