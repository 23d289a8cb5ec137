// SPDX-License-Identifier: Apache-2.0
// The fact behind each yes and no on the way down the verdict table.
#pragma once

#include <string>

#include "seatlint/rules.hpp"

namespace seatlint {

/// Why this row was not asked, or what made it answer no; empty where there is nothing to name.
std::string row_reason(const SeatCase& seat, int row, bool asked);

}  // namespace seatlint
