// SPDX-License-Identifier: Apache-2.0
// Reads an account's day sets and its last-activity column.
#include "rules/activity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace seatlint {
namespace {

constexpr Day long_ago{-1'000'000};

void raise(std::optional<Day>& newest, Day day) {
  if (!newest || *newest < day) newest = day;
}

/// The days of the window as bits on the grid that DayBits uses.
class WindowDays {
 public:
  explicit WindowDays(DayRange window) : window_(window), base_(window.first.days / 8 * 8) {
    bits_.resize(static_cast<std::size_t>((window.last.days - base_) / 8 + 1), 0);
  }
  /// Adds what lies in the window; `keep` false only asks whether anything does.
  bool merge(DayView days, bool keep) {
    bool any = false;
    const int shift = (days.base.days - base_) / 8;
    const int from = std::max(0, -shift);
    const int until = std::min(static_cast<int>(days.size), static_cast<int>(bits_.size()) - shift);
    for (int i = from; i < until; ++i) {
      const auto at = static_cast<std::size_t>(i + shift);
      const auto byte = static_cast<std::uint8_t>(days.bytes[i] & mask(at));
      any |= byte != 0;
      if (keep) bits_[at] |= byte;
    }
    return any;
  }
  void add(Day day) {
    if (!window_.contains(day)) return;
    bits_[static_cast<std::size_t>((day.days - base_) / 8)] |=
        static_cast<std::uint8_t>(0x80 >> ((day.days - base_) % 8));
  }
  int count() const {
    int n = 0;
    std::uint64_t eight = 0;
    for (std::size_t at = 0; at < bits_.size(); at += sizeof eight) {
      eight = 0;
      std::memcpy(&eight, bits_.data() + at, std::min(sizeof eight, bits_.size() - at));
      n += std::popcount(eight);
    }
    return n;
  }

 private:
  DayRange window_;
  int base_;
  std::vector<std::uint8_t> bits_;

  std::uint8_t mask(std::size_t at) const {
    unsigned bits = 0xFF;
    const int start = base_ + static_cast<int>(at) * 8;
    if (start < window_.first.days) bits &= 0xFFu >> (window_.first.days - start);
    if (start + 7 > window_.last.days) bits &= 0xFFu << (start + 7 - window_.last.days);
    return static_cast<std::uint8_t>(bits);
  }
};

}  // namespace

std::optional<Day> column_day(const Fleet& fleet, const Account& account) {
  const LastActivity& value = account.last_activity;
  if (value.kind != LastActivity::Kind::on || fleet.as_of < value.day) return std::nullopt;
  return value.day;
}

std::optional<DayRange> column_span(const Fleet& fleet, const Account& account) {
  const LastActivity& value = account.last_activity;
  if (!account.column_until || value.kind == LastActivity::Kind::absent) return std::nullopt;
  const Day until = std::min(*account.column_until, fleet.as_of);
  // A day after the audit date hides what was there before; a bound proves only the days from it on.
  if (value.kind == LastActivity::Kind::on && fleet.as_of < value.day) return std::nullopt;
  const Day from = value.kind == LastActivity::Kind::before ? value.day : long_ago;
  if (until < from) return std::nullopt;
  return DayRange{from, until};
}

Activity activity_of(const FleetIndex& index, const Account& account, std::span<const Use> uses, int scope_at) {
  const Fleet& fleet = index.fleet();
  const Scope& scope = index.scope(scope_at);
  Activity out;
  WindowDays window(fleet.window);
  for (const Use& use : uses) {
    const std::uint8_t mark = scope.actions[static_cast<std::size_t>(use.action)];
    if (mark == 0) continue;
    const auto last = use.days.last_until(fleet.as_of);
    if (!last) continue;
    const bool machine = (mark & by_machine) != 0;
    raise(machine ? out.machine : out.human, *last);
    if (*last < fleet.window.first || !window.merge(use.days, !machine)) continue;
    const FleetAction& action = fleet.actions[static_cast<std::size_t>(use.action)];
    out.features |= action.features;
    if ((mark & is_sign_in) != 0) out.features.set(0);
    out.beyond_sign_in |= !machine && (mark & is_sign_in) == 0;
  }
  if (const auto day = column_day(fleet, account); day && account.vendor == scope.vendor) {
    raise(account.last_activity_machine ? out.machine : out.human, *day);
    if (!account.last_activity_machine) window.add(*day);
    if (fleet.window.contains(*day)) out.features.set(0);
  }
  out.human_days = window.count();
  return out;
}

std::optional<Day> last_human(const Fleet& fleet, const Account& account) {
  std::optional<Day> newest;
  Uses unpacked;
  for (const Use& use : unpacked.of(fleet, account)) {
    if (fleet.actions[static_cast<std::size_t>(use.action)].machine) continue;
    if (const auto last = use.days.last_until(fleet.as_of)) raise(newest, *last);
  }
  if (const auto day = column_day(fleet, account); day && !account.last_activity_machine) raise(newest, *day);
  return newest;
}

std::optional<Day> last_seen(const Fleet& fleet, const Account& account) {
  std::optional<Day> newest = column_day(fleet, account);
  Uses unpacked;
  for (const Use& use : unpacked.of(fleet, account)) newest = std::max(newest, use.days.last_until(fleet.as_of));
  return newest;
}

std::string column_conflict(const FleetIndex& index, const Account& account, std::span<const Use> uses,
                            const ProvenDays& proven) {
  const Fleet& fleet = index.fleet();
  const auto span = column_span(fleet, account);
  if (!span || account.last_activity.kind == LastActivity::Kind::before) return {};
  std::optional<Day> log;
  for (const Use& use : uses) {
    const FleetAction& action = fleet.actions[static_cast<std::size_t>(use.action)];
    if (action.vendor != account.vendor || action.from_column) continue;
    if (const auto last = use.days.last_until(span->last)) raise(log, *last);
  }
  const auto column = column_day(fleet, account);
  const bool log_is_later = log && (!column || *log - *column > 1);
  // An older log is no contradiction: the column's day must lie where the log should have shown it.
  const bool column_is_later = column && (!log || *column - *log > 1) && touches(proven.login, {*column, *column});
  if (!log_is_later && !column_is_later) return {};
  return fmt::format("conflict: the last-activity column says {}, the log {}; the later wins",
                     column ? to_string(*column) : "never", log ? to_string(*log) : "nothing");
}

}  // namespace seatlint
