// SPDX-License-Identifier: Apache-2.0
// Seats that lose to another seat: the same product on two accounts of one person, or covered twice on one account.
#pragma once

#include <string>
#include <unordered_map>

#include "rules/fleet_index.hpp"

namespace seatlint {

struct Loser {
  int to = -1;            ///< account (duplicate) or product (redundant) that is kept
  bool by_group = false;  ///< redundant: the same product comes from a group
};
using Losers = std::unordered_map<int, Loser>;  ///< by seat

/// Only seats that are neither free nor of someone who left or is locked out compete: of those nothing may be lost.
Losers find_duplicates(const FleetIndex& index);
/// Among the account's seats still open after `duplicate`.
Losers find_redundant(const FleetIndex& index, const Account& account, const Losers& duplicates);

}  // namespace seatlint
