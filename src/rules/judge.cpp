// SPDX-License-Identifier: Apache-2.0
// Walks every seat down the verdict table: one primary verdict, the first that applies; then notes, money and waivers.
#include "rules/judge.hpp"

#include <algorithm>
#include <memory>

#include "base/arena.hpp"
#include "base/fetch.hpp"
#include "base/in_parallel.hpp"
#include "base/reserve_touched.hpp"
#include "rules/borderline.hpp"
#include "rules/findings.hpp"
#include "rules/integration_license.hpp"
#include "rules/seat_case.hpp"
#include "rules/seat_cost.hpp"
#include "rules/tier.hpp"

namespace seatlint {
namespace {

constexpr std::size_t fewest_accounts = 2000;  // for which a thread is worth its while

/// Judges accounts one by one; one for each thread. What they share is read only.
class Bench {
 public:
  Bench(const FleetIndex& index, const Losers& duplicates, const WaiverBook& waivers, Remarked remarked,
        std::vector<Judgment>& seats, Arena& memory)
      : fleet_(index.fleet()),
        index_(index),
        roles_(index),
        book_(index, roles_, duplicates),
        tiers_(index),
        waivers_(waivers),
        remarked_(remarked),
        seats_(seats),
        memory_(memory) {}

  void judge_account(const Account& account) {
    std::vector<SeatCase>& cases = book_.cases(account);
    rows_.clear();
    for (const SeatCase& seat : cases) rows_.push_back(first_row(seat, row_free, row_unused_addon));
    const std::vector<TierView> views = view_tiers(account, cases);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      SeatCase& seat = cases[i];
      for (const TierView& view : views) {
        if (std::find(view.judged.begin(), view.judged.end(), seat.seat_index) != view.judged.end()) seat.tier = &view;
      }
      if (rows_[i] == 0) rows_[i] = first_row(seat, row_underlicensed, row_used);
      record(seat, rows_[i]);
    }
  }

  /// Which waivers were met on the way.
  const Judged& met() const { return met_; }

 private:
  const Fleet& fleet_;
  const FleetIndex& index_;
  RoleFinder roles_;
  CaseBook book_;
  TierBook tiers_;
  const WaiverBook& waivers_;
  Remarked remarked_;
  std::vector<Judgment>& seats_;
  Arena& memory_;
  Judged met_;
  std::vector<std::string> notes_;
  std::vector<int> rows_;  ///< of the cases of one account

  /// The first of the rows that is asked and applies; 0: none does.
  static int first_row(const SeatCase& seat, int from, int to) {
    for (int row = from; row <= to; ++row) {
      if (is_asked(seat, row) && seat_rule(row).applies(seat)) return row;
    }
    return 0;
  }

  /// H, a vendor each: the seats that reached row 14.
  std::vector<TierView> view_tiers(const Account& account, const std::vector<SeatCase>& cases) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (rows_[i] == 0 && is_asked(cases[i], row_underlicensed)) open.push_back(i);
    }
    std::vector<TierView> views;
    while (!open.empty()) {
      const int vendor = index_.product(cases[open.front()].seat.product).vendor;
      std::vector<int> judged;
      FeatureSet used;
      std::vector<std::size_t> rest;
      for (std::size_t i : open) {
        if (index_.product(cases[i].seat.product).vendor != vendor) {
          rest.push_back(i);
          continue;
        }
        judged.push_back(cases[i].seat_index);
        used |= cases[i].features_used;
      }
      const Role* role = cases[open.front()].role;
      const int at = role ? static_cast<int>(role - fleet_.policy->roles.data()) : -1;
      views.push_back(tiers_.view(account, std::move(judged), used, roles_.keeps(at, vendor)));
      open = std::move(rest);
    }
    return views;
  }

  void record(const SeatCase& seat, int row) {
    const Rule& rule = seat_rule(row);
    Judgment& out = seats_[static_cast<std::size_t>(seat.seat_index)];
    out.seat = seat.seat_index;
    out.rule = &rule;
    out.last_activity = seat.last_human;
    out.days_used = seat.human_days_in_window;
    out.tier_unjudged = is_tier_unjudged(seat, row);
    out.tier_unpriced = is_tier_unpriced(seat);
    if (const auto close = borderline_of(book_, seat, row)) out.borderline = kept(*close);
    if (!waivers_.empty()) out.waiver = waivers_.find(rule, {&seat.account, &seat.product}, met_);
    // Most seats are only counted.
    const bool conditional = seat.tier && seat.tier->conditional_carrier == seat.seat_index;
    const bool asked = is_told(rule) || row == row_unjudged || conditional;
    if (!asked && remarked_ == Remarked::told) return;
    note(seat, row);
    if (asked || notes_.size() > (out.tier_unjudged ? 1u : 0u)) out.own = kept(remarks(seat, row));
  }

  template <typename Value>
  const Value* kept(const Value& value) {
    return new (memory_.room<Value>(1)) Value(value);
  }
  template <typename Value, typename List>
  std::span<const Value> kept_list(const List& list, auto make) {
    auto* kept = memory_.room<Value>(list.size());
    std::transform(list.begin(), list.end(), kept, make);
    return {kept, list.size()};
  }

  /// What is noted of the seat, in `notes_`.
  void note(const SeatCase& seat, int row) {
    notes_.clear();
    add_notes(seat, row, notes_);
    if (seat.account.vendor != seat.product.vendor) return;
    const ProvenDays& proven = index_.proven(seat.account.org, index_.product(seat.seat.product).scope);
    auto conflict = column_conflict(fleet_, seat.account, proven);
    if (!conflict.empty()) notes_.push_back(std::move(conflict));
  }

  Remarks remarks(const SeatCase& seat, int row) {
    const Rule& rule = seat_rule(row);
    Remarks out;
    out.certainty = certainty_of(seat, row);
    if (row == row_unjudged) out.missing = kept_list<DayRange>(seat.missing, [](DayRange days) { return days; });
    if (is_told(rule)) {
      out.why = memory_.keep(rule.why(seat));
      if (seat.role) out.role = seat.role->name;
    }
    if (seat.tier) suggest(seat, row, out);
    if (row == row_machine_only) suggest_integration(seat, out);
    out.notes = kept_list<std::string_view>(notes_, [&](const std::string& note) { return memory_.keep(note); });
    return out;
  }

  std::string_view id_of(int product) const { return fleet_.products[static_cast<std::size_t>(product)].id; }

  /// A hint without a saving: whether the program can move is not for a license audit to say.
  void suggest_integration(const SeatCase& seat, Remarks& out) {
    const auto license = integration_license(seat);
    if (!license) return;
    if (!license->price) {
      notes_.push_back(std::string(id_of(license->product)) + " may do; its price is not known");
      return;
    }
    out.suggest = {kept(id_of(license->product)), 1};
    out.suggest_cost = license->price;
  }

  void suggest(const SeatCase& seat, int row, Remarks& out) {
    const TierView& tier = *seat.tier;
    if (row == row_downgrade) {
      const bool carries = tier.carrier == seat.seat_index;
      out.tier_saving =
          Money{carries ? tier.held_cost->minor - tier.cheapest_cost->minor : 0, tier.held_cost->currency};
    }
    if (row == row_downgrade || row == row_underlicensed) {
      out.suggest = kept_list<std::string_view>(tier.adequate, [&](int product) { return id_of(product); });
      out.suggest_cost = tier.adequate_cost;
    }
    if (row == row_underlicensed && !tier.condition.empty())
      notes_.push_back("the suggestion holds if: " + tier.condition);
    if (tier.conditional_carrier == seat.seat_index) {
      const Money& now = tier.cheapest_cost ? *tier.cheapest_cost : *tier.held_cost;
      out.conditional_saving = Money{now.minor - tier.conditional_cost->minor, now.currency};
    }
  }
};

/// Accounts and what logs say of them are each looked at once, and in different orders: memory is slower than judging.
void fetch_soon(const Fleet& fleet, std::size_t at, std::size_t last) {
  constexpr std::size_t far = 12, middle = 8, near = 4, most = 512;
  constexpr std::size_t usual = 2 * sizeof(LoggedBlock);  // with what it says
  if (at + far < last) fetch(&fleet.accounts[at + far], sizeof(Account));
  if (at + middle < last) fetch(fleet.accounts[at + middle].blocks.first(), usual);
  if (at + near >= last) return;
  if (const LoggedBlock* block = fleet.accounts[at + near].blocks.first())
    fetch(block->facts.data(), std::min(block->facts.size(), most));
}

void judge_seats(const FleetIndex& index, const WaiverBook& waivers, Remarked remarked, Judged& judged) {
  const Fleet& fleet = index.fleet();
  reserve_touched(judged.seats, fleet.seats.size());
  judged.seats.resize(fleet.seats.size());
  const Losers duplicates = find_duplicates(index);
  const std::size_t parts = part_count(fleet.accounts.size(), fewest_accounts);
  // A price is kept when it is first asked for: better not by two at once.
  for (std::size_t org = 0; parts > 1 && org < fleet.orgs.size(); ++org)
    for (std::size_t product = 0; product < fleet.products.size(); ++product)
      index.price(static_cast<int>(org), static_cast<int>(product));
  std::vector<std::unique_ptr<Bench>> benches;
  for (std::size_t part = 0; part < parts; ++part) {
    Arena& memory = *judged.memory.emplace_back(std::make_shared<Arena>());
    benches.push_back(std::make_unique<Bench>(index, duplicates, waivers, remarked, judged.seats, memory));
  }
  in_pieces(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
    for (std::size_t i = first; i < last; ++i) {
      fetch_soon(fleet, i, last);
      if (!fleet.accounts[i].seats.empty()) benches[part]->judge_account(fleet.accounts[i]);
    }
  });
  for (const auto& bench : benches) {
    const Judged& met = bench->met();
    judged.waivers_used.insert(met.waivers_used.begin(), met.waivers_used.end());
    judged.waiver_overlaps.insert(met.waiver_overlaps.begin(), met.waiver_overlaps.end());
  }
}

}  // namespace

bool is_asked(const SeatCase& seat, int row) {
  if (row <= row_outside || row == row_used) return true;
  const AccountClass account_class = seat.account.account_class;
  if (account_class == AccountClass::admin) {
    return row <= row_idle && (row == row_new || !seat.on_leave);
  }
  if (account_class != AccountClass::human) return false;
  if (row == row_new || row >= row_wrong_role) return true;
  if (seat.on_leave) return false;
  if (row == row_unused_addon && seat.seat.left_behind().file >= 0) return seat.human_days_in_window > 0;
  return row <= row_idle || seat.tier_asked;
}

Judged judge(const Fleet& fleet, Remarked remarked) {
  const FleetIndex index(fleet);
  const WaiverBook waivers(fleet);
  Judged judged;
  judge_seats(index, waivers, remarked, judged);
  find_unlicensed(index, waivers, judged);
  judged.positions = allocate_costs(index, judged.seats);
  return judged;
}

}  // namespace seatlint
