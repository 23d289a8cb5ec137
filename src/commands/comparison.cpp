// SPDX-License-Identifier: Apache-2.0
// Pairs the seats of two days and follows each promised saving to what became of it.
#include "commands/comparison.hpp"

#include <algorithm>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool at_risk(const std::optional<SeatRecord>& seat) {
  if (!seat || seat->waived) return false;
  const Rule* rule = find_rule(seat->verdict);
  return seat->verdict == "downgrade" ||
         (rule != nullptr && (rule->family == Family::idle || rule->family == Family::overprovisioned));
}

Fate fate_of(const SeatChange& change) {
  if (!change.after) return Fate::reclaimed;
  if (!change.before) return Fate::fresh;
  const bool then = at_risk(change.before), now = at_risk(change.after);
  if (then && now) return Fate::still_at_risk;
  return now ? Fate::newly_idle : then ? Fate::reactivated : Fate::retained;
}

/// What moving somebody to another set of licenses really saved: seats taken back less seats given since.
std::int64_t saved_by_move(const Comparison& comparison, const SeatRecord& seat, const std::string& currency) {
  std::int64_t saved = 0;
  const auto of_account = [](const SeatRecord& record) { return std::tie(record.org, record.account); };
  const auto first = std::lower_bound(comparison.seats.begin(), comparison.seats.end(), seat,
                                      [&](const SeatChange& change, const SeatRecord& wanted) {
                                        return of_account(change.seat()) < of_account(wanted);
                                      });
  for (auto at = first; at != comparison.seats.end() && of_account(at->seat()) == of_account(seat); ++at) {
    const SeatChange& change = *at;
    const bool gone = change.fate == Fate::reclaimed;
    if (!gone && change.fate != Fate::fresh) continue;
    const auto& cost = change.seat().cost;
    if (cost && cost->currency == currency) saved += gone ? cost->minor : -cost->minor;
  }
  return saved;
}

void keep_promise(Comparison& comparison, const SeatRecord& promised, std::optional<Fate> fate) {
  const Money& saving = *promised.saving;
  MoneyChange& money = comparison.money[saving.currency];
  money.promised += saving.minor;
  if (fate == Fate::still_at_risk || fate == Fate::newly_idle) {
    money.still_open += saving.minor;
    return;
  }
  std::int64_t realised = 0;
  if (fate == Fate::reclaimed) {
    realised = saving.minor;
    if (promised.verdict == "downgrade")
      realised = std::clamp<std::int64_t>(saved_by_move(comparison, promised, saving.currency), 0, saving.minor);
  }
  money.realised += realised;
  money.lapsed += saving.minor - realised;
}

}  // namespace

std::string_view to_string(Fate fate) {
  constexpr std::string_view names[] = {"retained", "reclaimed", "newly_idle", "reactivated", "new", "still_at_risk"};
  return names[static_cast<std::size_t>(fate)];
}

std::int64_t held_then(const FateCounts& counts) {
  std::int64_t all = 0;
  for (const std::int64_t count : counts) all += count;
  return all - of(counts, Fate::fresh);
}

std::int64_t held_now(const FateCounts& counts) {
  return held_then(counts) - of(counts, Fate::reclaimed) + of(counts, Fate::fresh);
}

void hide_persons(Comparison& comparison, int min_group) {
  const auto floored = [&](FateCounts& counts) {
    for (std::int64_t& count : counts) count -= count % min_group;
  };
  floored(comparison.counts);
  for (auto& [product, counts] : comparison.products) floored(counts);
  comparison.seats.clear();
  for (auto& [currency, money] : comparison.money)
    money = {money.contract_then, money.contract_now, 0, 0, 0, 0, 0, 0, 0};
  if (comparison.changed_by)
    comparison.changed_by->data = comparison.changed_by->policy = comparison.changed_by->catalog = 0;
}

std::vector<SeatChange> pair_seats(const std::vector<SeatRecord>& before, const std::vector<SeatRecord>& after) {
  std::vector<SeatChange> changes;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    SeatChange change;
    const bool only_before = b == after.end() || (a != before.end() && a->key() < b->key());
    const bool only_after = !only_before && (a == before.end() || b->key() < a->key());
    if (!only_after) change.before = *a++;
    if (!only_before) change.after = *b++;
    change.fate = fate_of(change);
    changes.push_back(std::move(change));
  }
  return changes;
}

void weigh(Comparison& comparison, const std::vector<SeatRecord>& promise) {
  for (const SeatChange& change : comparison.seats) {
    ++of(comparison.counts, change.fate);
    ++of(comparison.products[{change.seat().org, change.seat().product}], change.fate);
    if (change.fate == Fate::reclaimed && change.before->cost)
      comparison.money[change.before->cost->currency].reclaimed += change.before->cost->minor;
  }
  // Both are sorted: a seat that stands twice (direct and by group) meets its twins in order.
  auto change = comparison.seats.begin();
  for (const SeatRecord& seat : promise) {
    while (change != comparison.seats.end() && change->seat().key() < seat.key()) ++change;
    const bool met = change != comparison.seats.end() && change->seat().key() == seat.key();
    if (seat.saving && seat.saving->minor > 0 && at_risk(seat))
      keep_promise(comparison, seat, met ? std::optional(change->fate) : std::nullopt);
    if (met) ++change;
  }
}

}  // namespace seatlint
