// SPDX-License-Identifier: Apache-2.0
// Close calls: verdicts that a slightly longer or shorter threshold would change.
#pragma once

#include <optional>

#include "rules/seat_case.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// A threshold this many days off would have to change the verdict.
inline constexpr int borderline_days = 7;

/// The first row up to `idle` that applies; 0: the seat goes on to the rows about tiers.
int row_by_time(const SeatCase& seat);
/// `row` is the seat's verdict.
std::optional<Borderline> borderline_of(const CaseBook& book, const SeatCase& seat, int row);

}  // namespace seatlint
