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

}  // namespace

std::optional<Day> column_day(const Fleet& fleet, const Account& account) {
  const LastActivity value = account.last_activity();
  if (value.kind != LastActivity::Kind::on || fleet.as_of < value.day) return std::nullopt;
  return value.day;
}

std::optional<DayRange> column_span(const Fleet& fleet, const Account& account) {
  const LastActivity value = account.last_activity();
  if (!account.column_until || value.kind == LastActivity::Kind::absent) return std::nullopt;
  const Day until = std::min(*account.column_until, fleet.as_of);
  // A day after the audit date hides what was there before; a bound proves only the days from it on.
  if (value.kind == LastActivity::Kind::on && fleet.as_of < value.day) return std::nullopt;
  const Day from = value.kind == LastActivity::Kind::before ? value.day : long_ago;
  if (until < from) return std::nullopt;
  return DayRange{from, until};
}

ActivityReader::ActivityReader(const FleetIndex& index)
    : index_(index), window_(index.fleet().window), base_{window_.first.days / 8 * 8} {
  constexpr std::size_t word = sizeof(std::uint64_t);
  const auto bytes = static_cast<std::size_t>((window_.last - base_) / 8 + 1);
  days_.resize((bytes + word - 1) / word * word);
}

Activity ActivityReader::of(const Account& account, int scope_at) {
  const Fleet& fleet = index_.fleet();
  const Scope& scope = index_.scope(scope_at);
  Activity out;
  std::fill(days_.begin(), days_.end(), std::uint8_t{0});
  for (const LoggedBlock& block : account.blocks) {
    const std::vector<int>& actions = fleet.log_actions[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);)
      if (fact.first <= fleet.as_of) add(fact, scope, actions.at(fact.action), out);
  }
  const auto on = [&](Day day) {
    const std::uint8_t byte = 0x80u >> (day.days % 8);
    mark({Day{day.days / 8 * 8}, 1, &byte});
  };
  for (const ColumnDay& column : account.column_days())
    if (note(scope, column.action, column.day, out)) on(column.day);
  if (const auto day = column_day(fleet, account); day && account.vendor == scope.vendor) {
    raise(account.last_activity_machine ? out.machine : out.human, *day);
    if (!account.last_activity_machine) on(*day);
    if (window_.contains(*day)) out.features.set(0);
  }
  out.human_days = count();
  return out;
}

/// One that begins up to the audit date.
void ActivityReader::add(const PackedFact& fact, const Scope& scope, int action, Activity& out) {
  if (scope.actions[static_cast<std::size_t>(action)] == 0) return;
  const bool fits = base_ <= fact.first && fact.last <= window_.last;
  if (fits || fact.last < window_.first) {
    if (note(scope, action, fact.last, out)) fact.mark(days_.data() + (fact.first - base_) / 8);
    return;
  }
  const Day base{fact.first.days / 8 * 8};
  grid_.assign(static_cast<std::size_t>((fact.last - base) / 8 + 1), 0);
  fact.mark(grid_.data());
  const DayView days{base, static_cast<std::uint32_t>(grid_.size()), grid_.data()};
  if (note(scope, action, *days.last_until(window_.last), out)) mark(days);
}

/// What its newest day says; whether its days are to be marked.
bool ActivityReader::note(const Scope& scope, int action, Day last, Activity& out) const {
  const std::uint8_t is = scope.actions[static_cast<std::size_t>(action)];
  if (is == 0) return false;
  const bool machine = (is & by_machine) != 0;
  raise(machine ? out.machine : out.human, last);
  if (last < window_.first) return false;
  out.features |= index_.fleet().actions[static_cast<std::size_t>(action)].features;
  if ((is & is_sign_in) != 0) out.features.set(0);
  out.beyond_sign_in |= !machine && (is & is_sign_in) == 0;
  return !machine;
}

/// Those that lie beside the window are not counted, or have no place here.
void ActivityReader::mark(DayView days) {
  const int shift = (days.base - base_) / 8;
  const int until = std::min(static_cast<int>(days.size), static_cast<int>(days_.size()) - shift);
  for (int i = std::max(0, -shift); i < until; ++i) days_[static_cast<std::size_t>(i + shift)] |= days.bytes[i];
}

/// Of the window's days.
int ActivityReader::count() {
  const int last = window_.last - base_;
  days_.front() &= static_cast<std::uint8_t>(0xFFu >> (window_.first - base_));
  days_[static_cast<std::size_t>(last / 8)] &= static_cast<std::uint8_t>(0xFFu << (7 - last % 8));
  std::fill(days_.begin() + last / 8 + 1, days_.end(), std::uint8_t{0});
  int n = 0;
  std::uint64_t word = 0;
  for (std::size_t at = 0; at < days_.size(); at += sizeof word) {
    std::memcpy(&word, days_.data() + at, sizeof word);
    n += std::popcount(word);
  }
  return n;
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

std::string column_conflict(const Fleet& fleet, const Account& account, const ProvenDays& proven) {
  const auto span = column_span(fleet, account);
  if (!span || account.last_activity().kind == LastActivity::Kind::before) return {};
  const auto log = last_logged(fleet, account, account.vendor, span->last);
  const auto column = column_day(fleet, account);
  const bool log_is_later = log && (!column || *log - *column > 1);
  // An older log is no contradiction: the column's day must lie where the log should have shown it.
  const bool column_is_later = column && (!log || *column - *log > 1) && touches(proven.login, {*column, *column});
  if (!log_is_later && !column_is_later) return {};
  return fmt::format("conflict: the last-activity column says {}, the log {}; the later wins",
                     column ? to_string(*column) : "never", log ? to_string(*log) : "nothing");
}

}  // namespace seatlint
