// SPDX-License-Identifier: Apache-2.0
// The day on which a verdict flips follows from the newest use and the clock start; what it flips to is asked again.
#include "rules/borderline.hpp"

#include <algorithm>

#include "rules/judge.hpp"

namespace seatlint {
namespace {

const Rule* becomes(const SeatCase& seat) {
  const int row = row_by_time(seat);
  return row == 0 ? nullptr : &seat_rule(row);
}

/// Somebody who started a few days later would still be new.
std::optional<Borderline> by_grace(const SeatCase& seat) {
  if (!seat.seat.clock_start) return std::nullopt;
  const int age = seat.fleet.as_of - *seat.seat.clock_start;
  if (age + 1 - seat.grace_days.value > borderline_days) return std::nullopt;
  return Borderline{"grace_days", seat.grace_days.value, age + 1, &seat_rule(row_new)};
}

}  // namespace

int row_by_time(const SeatCase& seat) {
  for (int row = row_free; row <= row_idle; ++row)
    if (is_asked(seat, row) && seat_rule(row).applies(seat)) return row;
  return 0;
}

std::optional<Borderline> borderline_of(const CaseBook& book, const SeatCase& seat, int row) {
  if (row <= row_unjudged || !is_asked(seat, row_idle)) return std::nullopt;
  if (row <= row_idle)
    if (const auto close = by_grace(seat)) return close;
  if (row == row_never_used) return std::nullopt;  // no threshold makes up a use
  std::optional<Day> newest = seat.last_human;
  if (row != row_machine_only && seat.seat.clock_start)
    newest = std::max(newest.value_or(*seat.seat.clock_start), *seat.seat.clock_start);
  if (!newest) return std::nullopt;
  // In use while the threshold is longer than the silence, idle from there down.
  const int silence = seat.fleet.as_of - *newest;
  const int flips_at = row <= row_idle ? silence + 1 : silence;
  const int off = row <= row_idle ? flips_at - seat.idle_days.value : seat.idle_days.value - flips_at;
  if (off < 1 || off > borderline_days || flips_at < 1) return std::nullopt;
  return Borderline{"idle_days", seat.idle_days.value, flips_at, becomes(book.with_idle_days(seat, flips_at))};
}

}  // namespace seatlint
