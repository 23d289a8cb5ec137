// SPDX-License-Identifier: Apache-2.0
// The order of the verdict table and the parts of a judgment that are not a rule's own.
#pragma once

#include "rules/fleet_index.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// Rows of the verdict table, from 1.
enum Row : int {
  row_free = 1,
  row_outside = 7,
  row_new = 8,
  row_unjudged = 9,
  row_machine_only = 10,
  row_never_used = 11,
  row_idle = 12,
  row_unused_addon = 13,
  row_underlicensed = 14,
  row_downgrade = 15,
  row_wrong_role = 16,
  row_low_use = 17,
  row_used = 18
};

/// The rule of a row.
const Rule& seat_rule(int row);
/// Whether the row is asked of this seat at all: by class, leave and evidence.
bool is_asked(const SeatCase& seat, int row);

/// "certain", "likely" or "hint": whether a record proves each part the verdict stands on.
std::string_view certainty_of(const SeatCase& seat, int row);
/// Whether evidence does not do for the tier rules, though nothing before them spoke.
bool is_tier_unjudged(const SeatCase& seat, int row);
/// Whether the tier rules lack a price.
bool is_tier_unpriced(const SeatCase& seat);
/// Adds what else is true of the seat and costs nothing.
void add_notes(const SeatCase& seat, int row, std::vector<std::string>& notes);

/// Active people who hold nothing that lets them sign in: findings without seat or cost.
void find_unlicensed(const FleetIndex& index, const WaiverBook& waivers, Judged& judged);

}  // namespace seatlint
