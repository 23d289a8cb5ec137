// SPDX-License-Identifier: Apache-2.0
// One account's way down the verdict table, row by row: what `explain` shows.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "rules/fleet_index.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

struct PathStep {
  const Rule* rule = nullptr;
  bool asked = false;  ///< not asked: the class, leave or missing feature evidence takes the row away
  bool applies = false;
};

/// A seat's rows up to the one that decided.
struct SeatPath {
  int seat = 0;
  Setting idle_days, grace_days;
  std::vector<PathStep> steps;
  std::vector<DayRange> missing;
  bool action_evidence = false;
  std::optional<Day> last_human, last_machine;
  std::optional<TierView> tier;
};

/// Paths of the account's seats, in their order. `judged` is the whole fleet's result.
std::vector<SeatPath> examine(const Fleet& fleet, const Judged& judged, int account);

/// "goes idle on 2026-12-29 unless it is used again": the nearest fact that would change the verdict; empty where
/// none is known.
std::string nearest_change(const Fleet& fleet, const Judgment& judgment, const SeatPath& path);

}  // namespace seatlint
