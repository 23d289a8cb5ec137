// SPDX-License-Identifier: Apache-2.0
// One account's way down the verdict table, row by row, and how far its verdicts are from others: what `explain` shows.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "rules/fleet_index.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

struct PathStep {
  const Rule* rule = nullptr;
  bool asked = false;  ///< not asked: the class, leave or missing feature evidence takes the row away
  bool applies = false;
  std::string because;  ///< the fact that decided this row; empty where there is none to name
};

/// Thresholds for which the verdict stays what it is, everything else unchanged. An open end is unset.
struct Band {
  std::optional<int> least, most;
};

/// A seat's rows up to the one that decided.
struct SeatPath {
  int seat = 0;
  Setting idle_days, grace_days;
  std::vector<PathStep> steps;
  std::string why;  ///< the verdict in one sentence
  std::optional<TierView> tier;
  Band idle_band, grace_band;
  /// "one use of opportunity.write on 2026-07-03 or later would keep it": the nearest fact that would change the
  /// verdict; empty where none is known.
  std::string change;
};

/// Paths of the account's seats, in their order. `judged` is the result for the same fleet.
std::vector<SeatPath> examine(const Fleet& fleet, const Judged& judged, int account);

}  // namespace seatlint
