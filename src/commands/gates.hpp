// SPDX-License-Identifier: Apache-2.0
// The limits of `check`, and what an audit says to each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "commands/baseline.hpp"
#include "seatlint/fleet.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

struct Limits {
  std::optional<Money> max_cost, max_exposure, max_increase;
  std::optional<double> max_idle_pct, max_unjudged_pct, max_increase_pct;
  std::optional<int> max_unassigned, max_age_days;
  std::map<std::string, std::int64_t> seats;  ///< product id -> seats

  bool look_back() const { return max_increase || max_increase_pct; }
};

/// One gate a limit, in the order of the help, and before them one about the evidence where that is missing or stale.
/// With a baseline, exposure, idle and unassigned seats count only as far as they are new.
std::vector<Gate> judge_gates(const Fleet& fleet, const Report& report, const Limits& limits, const Baseline* baseline);

/// The newest day each org has evidence for, the oldest of them: snapshots and, where there are any, logs.
std::optional<Day> evidence_day(const Fleet& fleet);

/// `ok      max-exposure  limit 600.00 USD, actual 420.00 USD, headroom 180.00 USD`
std::string gate_text(const Gate& gate);

}  // namespace seatlint
