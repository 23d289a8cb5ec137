// SPDX-License-Identifier: Apache-2.0
// Sets of days as sorted runs: which days are proven, and which are missing.
#pragma once

#include <vector>

#include "seatlint/base.hpp"

namespace seatlint {

using DayRanges = std::vector<DayRange>;

/// Sorted, merged where they touch; empty runs are dropped.
DayRanges united(DayRanges ranges);
/// What of `from` (sorted) is in none of `away` (sorted).
DayRanges without(const DayRanges& from, const DayRanges& away);
/// Whether any day of `range` is in one of `ranges`.
bool touches(const DayRanges& ranges, DayRange range);
/// Whether one of `ranges` (sorted, merged) has every day of `range`, which may have none.
bool has_all(const DayRanges& ranges, DayRange range);
/// "2026-07-03..2026-07-20, 2026-08-01".
std::string to_string(const DayRanges& ranges);

}  // namespace seatlint
