// SPDX-License-Identifier: Apache-2.0
// Fills in SeatCase: activity in the product's own scope, what evidence proves, rivals, bases and the account's role.
#include "rules/seat_case.hpp"

#include <algorithm>

#include "rules/seat_facts.hpp"

namespace seatlint {
namespace {

constexpr Day long_ago{-1'000'000};

bool touches(const std::optional<DayRange>& column, DayRange range) {
  return column && column->first <= range.last && range.first <= column->last;
}

/// Since when logs and the account's own column have shown its use, without a break up to `today`.
std::optional<Day> shown_since(const ProvenDays& proven, const std::optional<DayRange>& column, Day today) {
  if (!touches(column, {today, today}) && !touches(proven.login, {today, today})) return std::nullopt;
  DayRanges shown = proven.login;
  if (column) shown.push_back(*column);
  for (const DayRange& range : without(united(std::move(shown)), proven.stopped))
    if (range.contains(today)) return range.first;
  return std::nullopt;
}

}  // namespace

/// Rows 10-12 can be decided when somebody was active, or when every idle day (from clock start on) is proven.
void CaseBook::weigh_evidence(SeatCase& seat, const ProvenDays& proven) const {
  const Fleet& fleet = seat.fleet;
  const Day first = std::max(fleet.as_of - seat.idle_days.value + 1, seat.seat.clock_start.value_or(long_ago));
  const DayRange asked{first, fleet.as_of};
  seat.stated_by_hand = touches(proven.by_hand, asked);
  const bool own_column = seat.account.vendor == seat.product.vendor;
  const auto column = own_column ? column_span(fleet, seat.account) : std::nullopt;
  if (!seat.last_human && !seat.last_machine) {
    seat.sources_keep = proven.kept;
    seat.coverage_since = shown_since(proven, column, fleet.as_of);
    const auto born = seat.account.created ? seat.account.created : seat.seat.clock_start;
    const Day life = std::max(born.value_or(long_ago), long_ago);
    seat.coverage_starts_late = seat.coverage_since && *seat.coverage_since > life;
  }
  if (seat.last_human && *seat.last_human > fleet.as_of - seat.idle_days.value) {
    seat.evidence_sufficient = true;
    return;
  }
  if (proven.stopped.empty() && has_all(proven.login, asked)) {
    seat.evidence_sufficient = true;
    seat.column_only = false;
    return;
  }
  if (!touches(column, asked) && !touches(proven.login, asked) && first <= fleet.as_of) {
    seat.missing.assign(1, asked);
    seat.column_only = false;
    return;
  }
  const DayRanges need = fleet.as_of < first ? DayRanges{} : DayRanges{asked};
  const DayRanges unlogged = without(need, proven.login);
  DayRanges missing = column ? without(unlogged, {*column}) : unlogged;
  for (const DayRange& silent : proven.stopped) {
    const DayRange part{std::max(silent.first, first), std::min(silent.last, fleet.as_of)};
    if (part.first <= part.last) missing.push_back(part);
  }
  seat.missing = united(std::move(missing));
  seat.evidence_sufficient = seat.missing.empty();
  seat.column_only = seat.evidence_sufficient && !unlogged.empty();
}

SeatCase CaseBook::with_idle_days(SeatCase seat, int days) const {
  seat.idle_days.value = days;
  seat.evidence_sufficient = false;
  seat.missing.clear();
  weigh_evidence(seat, index_.proven(seat.account.org, index_.product(seat.seat.product).scope));
  return seat;
}

void CaseBook::note_rivals(SeatCase& seat, const Losers& redundant) const {
  if (const auto found = duplicates_.find(seat.seat_index); found != duplicates_.end()) {
    seat.duplicate_loser = true;
    seat.loses_to = seat.fleet.accounts[static_cast<std::size_t>(found->second.to)].key;
  }
  if (const auto found = redundant.find(seat.seat_index); found != redundant.end()) {
    seat.redundant_loser = true;
    seat.kept_by_group = found->second.by_group;
    if (!seat.duplicate_loser) seat.loses_to = seat.fleet.products[static_cast<std::size_t>(found->second.to)].id;
  }
}

std::vector<SeatCase>& CaseBook::cases(const Account& account) {
  const Fleet& fleet = index_.fleet();
  cases_.clear();
  seen_.clear();
  const Losers redundant = find_redundant(index_, account, duplicates_);
  const int role = roles_.find(account);
  const bool on_leave = is_on_leave(fleet, account);
  for (int at : account.seats) {
    const Seat& held = fleet.seats[static_cast<std::size_t>(at)];
    const ProductFacts& facts = index_.product(held.product);
    SeatCase& seat =
        cases_.emplace_back(SeatCase{fleet, held, account, fleet.products[static_cast<std::size_t>(held.product)]});
    seat.seat_index = at;
    seat.idle_days = for_share(index_.idle_days(held.product, account.account_class), account.hr().share);
    seat.grace_days = index_.grace_days(held.product, account.account_class);
    seat.on_leave = on_leave;
    auto known = std::find_if(seen_.begin(), seen_.end(), [&](const auto& each) { return each.first == facts.scope; });
    if (known == seen_.end()) known = seen_.insert(known, {facts.scope, activity_.of(account, facts.scope)});
    const Activity& activity = known->second;
    seat.last_human = activity.human;
    seat.last_machine = activity.machine;
    seat.human_days_in_window = activity.human_days;
    seat.features_used = activity.features;
    const ProvenDays& proven = index_.proven(account.org, facts.scope);
    const bool shows_use = facts.observable || held.left_behind().file >= 0;
    seat.source_exists = facts.known && shows_use && (proven.has_log || proven.has_column);
    seat.action_evidence = proven.action_missing.empty();
    seat.actions_by_hand = proven.action_by_hand;
    seat.tier_asked = activity.beyond_sign_in && proven.action_missing.empty();
    weigh_evidence(seat, proven);
    note_rivals(seat, redundant);
    if (facts.extra) {
      seat.holds_base = holds_base(index_, held);
      seat.own_features = own_features(index_, held);
    }
    if (const FleetProduct* sibling = facts.free ? paid_sibling(index_, held) : nullptr)
      seat.paid_sibling = sibling->id;
    if (role >= 0) {
      seat.role = &fleet.policy->roles[static_cast<std::size_t>(role)];
      seat.role_lists_product = seat.role->license.empty() || roles_.lists(role, held.product);
    }
  }
  return cases_;
}

}  // namespace seatlint
