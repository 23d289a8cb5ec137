// SPDX-License-Identifier: Apache-2.0
// Which seat fills which line of a contract: used seats the dearest first, so that waste is never overstated.
#pragma once

#include "rules/fleet_index.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// Sets `cost` of every judgment and gives the position of every product bought or assigned, an org each.
std::vector<Position> allocate_costs(const FleetIndex& index, std::vector<Judgment>& seats);

}  // namespace seatlint
