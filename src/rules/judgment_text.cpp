// SPDX-License-Identifier: Apache-2.0
// How sure a verdict is, and the notes beside it.
#include <fmt/core.h>

#include "rules/judge.hpp"

namespace seatlint {
namespace {

/// Only an earlier snapshot without the seat, or a later restart of the clock, dates the assignment.
bool clock_is_proven(const Seat& seat) {
  return seat.first_seen || seat.clock_origin == "reactivated" || seat.clock_origin == "back from leave";
}

void note_other_rows(const SeatCase& seat, int row, std::vector<std::string>& notes) {
  for (int other = row + 1; other <= row_idle; ++other) {
    if (other >= row_outside && other <= row_unjudged) continue;
    if (row >= row_machine_only && row <= row_idle) return;
    if (is_asked(seat, other) && (other < row_outside || seat.source_exists) && seat_rule(other).applies(seat)) {
      notes.emplace_back(seat_rule(other).name);
      if (other >= row_machine_only) return;
    }
  }
}

void note_tier(const SeatCase& seat, int row, std::vector<std::string>& notes) {
  if (row > row_unused_addon && !seat.tier_asked && !seat.on_leave && seat.account.account_class == AccountClass::human) {
    notes.emplace_back("tier-unjudged");
  }
  if (!seat.tier || seat.tier->uncovered.any()) return;
  if (seat.tier->unpriced) notes.emplace_back("tier-unpriced");
  if (seat.tier->conditional_carrier == seat.seat_index) {
    std::string set;
    for (int product : seat.tier->conditional) {
      set += (set.empty() ? "" : " + ") + seat.fleet.products[static_cast<std::size_t>(product)].id;
    }
    notes.push_back(fmt::format("conditional-downgrade: {} for {} would do if: {}", set,
                                to_string(*seat.tier->conditional_cost), seat.tier->condition));
  }
}

}  // namespace

std::string_view certainty_of(const SeatCase& seat, const Rule& rule) {
  if (rule.name == "low-use") return "hint";
  if (rule.family == Family::none) return "certain";
  if (seat.seat.assumed) return "likely";
  const bool by_time = rule.name == "machine-only" || rule.name == "never-used" || rule.name == "idle";
  if (by_time && (!clock_is_proven(seat.seat) || seat.column_only || seat.stated_by_hand)) return "likely";
  const bool by_features = rule.name == "unused-addon" || rule.name == "underlicensed" || rule.name == "downgrade";
  if (by_features && seat.actions_by_hand) return "likely";
  return "certain";
}

std::vector<std::string> notes_of(const SeatCase& seat, int row) {
  std::vector<std::string> notes;
  if (row == row_free && !seat.paid_sibling.empty()) notes.push_back("trial beside " + seat.paid_sibling);
  if (seat.on_leave && row > row_outside) notes.emplace_back("on-leave");
  if (row > row_free && row < row_new) note_other_rows(seat, row, notes);
  note_tier(seat, row, notes);
  if (seat_rule(row).name == "never-used") {
    if (seat.coverage_starts_late) notes.push_back("since " + to_string(*seat.coverage_since));
    if (seat.account.last_activity.kind == LastActivity::Kind::before) {
      notes.push_back("before " + to_string(seat.account.last_activity.day) + ": not known");
    }
  }
  return notes;
}

}  // namespace seatlint
