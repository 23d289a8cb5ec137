// SPDX-License-Identifier: Apache-2.0
// The order of the verdict table and the parts of a judgment that are not a rule's own.
#pragma once

#include "seatlint/rules.hpp"

namespace seatlint {

/// The seat rules in the order of the verdict table; the last always applies.
const std::vector<const Rule*>& seat_rules();

/// "certain", "likely" or "hint": whether a record proves each part the verdict stands on.
std::string_view certainty_of(const SeatCase& seat, const Rule& rule);
/// What else is true of the seat and costs nothing.
std::vector<std::string> notes_of(const SeatCase& seat, const Rule& verdict);

/// Active accounts that hold nothing that lets them sign in.
void find_unlicensed(const Fleet& fleet, std::vector<Finding>& findings, const std::vector<bool>& waived_skip);

}  // namespace seatlint
