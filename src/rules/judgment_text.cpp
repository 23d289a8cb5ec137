// SPDX-License-Identifier: Apache-2.0
// How sure a verdict is, and the notes beside it.
#include <fmt/core.h>

#include "rules/judge.hpp"

namespace seatlint {
namespace {

constexpr std::string_view tier_unjudged_note = "tier-unjudged";

/// Only an earlier snapshot without the seat, or a later restart of the clock, dates the assignment.
bool clock_is_proven(const Seat& seat) {
  return seat.first_seen || seat.clock_origin == "reactivated" || seat.clock_origin == "back from leave";
}

/// What later rows would have said, had an earlier one not spoken.
void note_other_rows(const SeatCase& seat, int row, std::vector<std::string>& notes) {
  const auto note = [&](int other) {
    const bool applies = is_asked(seat, other) && seat_rule(other).applies(seat);
    if (applies) notes.emplace_back(seat_rule(other).name);
    return applies;
  };
  for (int other = row + 1; other < row_outside; ++other) note(other);
  if (!seat.source_exists || seat_rule(row_new).applies(seat)) return;
  for (int other = row_machine_only; other <= row_idle; ++other) {
    if (note(other)) return;
  }
}

void note_tier(const SeatCase& seat, int row, std::vector<std::string>& notes) {
  if (is_tier_unjudged(seat, row)) notes.emplace_back(tier_unjudged_note);
  if (!seat.tier || seat.tier->uncovered.any()) return;
  if (is_tier_unpriced(seat)) notes.emplace_back("tier-unpriced");
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

std::string_view certainty_of(const SeatCase& seat, int row) {
  if (row == row_low_use) return "hint";
  if (seat_rule(row).family == Family::none) return "certain";
  if (seat.seat.assumed) return "likely";
  const bool by_time = row >= row_machine_only && row <= row_idle;
  if (by_time && (!clock_is_proven(seat.seat) || seat.column_only || seat.stated_by_hand)) return "likely";
  const bool by_features = row >= row_unused_addon && row <= row_downgrade;
  if (by_features && seat.actions_by_hand) return "likely";
  return "certain";
}

bool is_tier_unjudged(const SeatCase& seat, int row) {
  return row > row_unused_addon && !seat.tier_asked && !seat.on_leave &&
         seat.account.account_class == AccountClass::human;
}

bool is_tier_unpriced(const SeatCase& seat) { return seat.tier && !seat.tier->uncovered.any() && seat.tier->unpriced; }

void add_notes(const SeatCase& seat, int row, std::vector<std::string>& notes) {
  if (row == row_free && !seat.paid_sibling.empty()) notes.push_back("trial beside " + seat.paid_sibling);
  if (seat.on_leave && row > row_outside) notes.emplace_back("on-leave");
  if (row > row_free && row < row_new) note_other_rows(seat, row, notes);
  note_tier(seat, row, notes);
  if (row == row_never_used) {
    if (seat.coverage_starts_late) notes.push_back("since " + to_string(*seat.coverage_since));
    if (!seat.sources_keep.empty()) notes.push_back("never as far as the sources know: " + seat.sources_keep);
    if (seat.account.last_activity().kind == LastActivity::Kind::before) {
      notes.push_back("before " + to_string(seat.account.last_activity().day) + ": not known");
    }
  }
}

const Remarks& Judgment::remarks() const {
  static const Remarks none;
  static const Remarks unjudged{{}, "certain", {}, {&tier_unjudged_note, 1}, {}, {}, {}, {}, {}};
  return own != nullptr ? *own : tier_unjudged ? unjudged : none;
}

const MaybeMoney& Judgment::saving() const {
  const bool whole = rule->family == Family::idle || rule->family == Family::overprovisioned;
  return whole ? cost : remarks().tier_saving;
}

}  // namespace seatlint
