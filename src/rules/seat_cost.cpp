// SPDX-License-Identifier: Apache-2.0
// Per org and product, the valid contract lines are taken unit by unit, dearest first, by the seats in this order:
// those whose money counts as used, then unjudged, outside, waived, overprovisioned and idle ones; in a group by
// account. A seat takes one unit; where logins are what is paid, as many as it had days of use in the last month. Seats
// beyond what was bought cost as much as the cheapest valid line, so that waste is never overstated.
#include "rules/seat_cost.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/in_parallel.hpp"
#include "rules/judge.hpp"

namespace seatlint {
namespace {

/// A number of units at one price.
struct Units {
  std::int64_t left = 0;
  std::optional<Money> price;
  bool contracted = false;
};

constexpr std::size_t filling_orders = 6;
constexpr std::size_t fewest_seats = 10'000;  // for which a thread is worth its while

std::size_t filling_order(const Judgment& judgment) {
  const Family family = judgment.rule->family;
  const bool costs = family == Family::idle || family == Family::overprovisioned;
  if (judgment.rule == &seat_rule(row_unjudged)) return 1;
  if (judgment.rule == &seat_rule(row_outside)) return 2;
  if (costs && judgment.waived()) return 3;
  if (family == Family::overprovisioned) return 4;
  if (family == Family::idle) return 5;
  return 0;
}

class Allocation {
 public:
  Allocation(const FleetIndex& index, std::vector<Judgment>& seats)
      : index_(index), fleet_(index.fleet()), seats_(seats) {}

  std::vector<Position> run() {
    const std::size_t products = fleet_.products.size();
    const auto lines = valid_lines();
    const auto seats = seats_by_cell();
    std::vector<std::size_t> asked;
    for (std::size_t cell = 0; cell < seats.size(); ++cell)
      if (!seats[cell].empty() || !lines[cell].empty()) asked.push_back(cell);
    std::vector<Position> out(asked.size());
    in_pieces(asked.size(), seats_.size() < fewest_seats ? asked.size() + 1 : 1,
              [&](std::size_t first, std::size_t last, std::size_t) {
                for (std::size_t i = first; i < last; ++i) {
                  out[i].org = static_cast<int>(asked[i] / products);
                  out[i].product = static_cast<int>(asked[i] % products);
                  fill(out[i], seats[asked[i]], lines[asked[i]]);
                }
              });
    return out;
  }

 private:
  const FleetIndex& index_;
  const Fleet& fleet_;
  std::vector<Judgment>& seats_;

  std::size_t cells() const { return fleet_.orgs.size() * fleet_.products.size(); }
  std::size_t cell(int org, int product) const {
    return static_cast<std::size_t>(org) * fleet_.products.size() + static_cast<std::size_t>(product);
  }

  std::vector<std::vector<const EntitlementLine*>> valid_lines() const {
    std::vector<std::vector<const EntitlementLine*>> out(cells());
    for (const EntitlementLine& line : fleet_.lines) {
      if (valid_on(line, fleet_.as_of)) out[cell(line.org, line.product)].push_back(&line);
    }
    return out;
  }

  std::vector<std::vector<int>> seats_by_cell() const {
    using InTurn = std::array<std::vector<int>, filling_orders>;
    std::vector<std::vector<InTurn>> by_part(part_count(seats_.size(), fewest_seats), std::vector<InTurn>(cells()));
    in_parallel(seats_.size(), fewest_seats, [&](std::size_t first, std::size_t last, std::size_t part) {
      for (std::size_t at = first; at < last; ++at) {
        const Seat& seat = fleet_.seats[at];
        by_part[part][cell(seat.org, seat.product)][filling_order(seats_[at])].push_back(static_cast<int>(at));
      }
    });
    std::vector<std::vector<int>> out(cells());
    for (std::size_t cell = 0; cell < out.size(); ++cell)
      for (std::size_t turn = 0; turn < filling_orders; ++turn)
        for (std::vector<InTurn>& part : by_part) {
          std::vector<int>& some = part[cell][turn];
          if (out[cell].empty()) {
            out[cell] = std::move(some);
          } else {
            out[cell].insert(out[cell].end(), some.begin(), some.end());
          }
        }
    return out;
  }

  /// A line that states no price is taken at the product's unit price; what is free costs nothing.
  Units priced(const Position& position, const EntitlementLine* line) const {
    Units units;
    if (line) units.left = line->quantity;
    if (line && line->unit_price) {
      units.price = line->unit_price;
      units.contracted = true;
      return units;
    }
    const UnitPrice& price = index_.price(position.org, position.product);
    units.price = price.money;
    units.contracted = price.contracted;
    if (!units.price && index_.product(position.product).free) units.price = Money{0, fleet_.policy->currency};
    return units;
  }

  /// Dearest first; the policy's currency before others, units without a price last.
  std::vector<Units> units_of(const Position& position, const std::vector<const EntitlementLine*>& lines) const {
    std::vector<Units> out;
    for (const EntitlementLine* line : lines) out.push_back(priced(position, line));
    const auto key = [&](const Units& units) {
      const bool has = units.price.has_value();
      return std::make_tuple(!has, has && units.price->currency != fleet_.policy->currency,
                             has ? std::string_view(units.price->currency) : std::string_view{},
                             has ? -units.price->minor : 0);
    };
    std::stable_sort(out.begin(), out.end(), [&](const Units& a, const Units& b) { return key(a) < key(b); });
    return out;
  }

  /// Only within one currency: units of two could not be added.
  bool is_paid_by_login(const Position& position, const std::vector<Units>& units) const {
    const Product* known = fleet_.products[static_cast<std::size_t>(position.product)].known;
    return known != nullptr && known->per == "login" && std::all_of(units.begin(), units.end(), [&](const Units& each) {
             return each.price.has_value() == units.front().price.has_value() &&
                    (!each.price || each.price->currency == units.front().price->currency);
           });
  }

  /// Days of use in the month up to the audit date: several logins of a day count once.
  std::int64_t logins(int at) const {
    constexpr int month = 30;
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(at)];
    const Scope& scope = index_.scope(index_.product(seat.product).scope);
    DayBits days;
    Uses unpacked;
    for (const Use& use : unpacked.of(fleet_, fleet_.accounts[static_cast<std::size_t>(seat.account)])) {
      if (scope.actions[static_cast<std::size_t>(use.action)] != 0) days.merge(use.days);
    }
    return days.count_in({fleet_.as_of - month + 1, fleet_.as_of});
  }

  void fill(Position& position, const std::vector<int>& seats, const std::vector<const EntitlementLine*>& lines) {
    std::vector<Units> units = units_of(position, lines);
    position.assigned = static_cast<std::int64_t>(seats.size());
    const bool by_login = is_paid_by_login(position, units);
    if (!lines.empty()) position.purchased = 0;
    for (const Units& each : units) {
      *position.purchased += each.left;
      if (each.price) {
        position.contract[each.price->currency] += each.price->minor * each.left;
        if (each.contracted) position.contracted[each.price->currency] += each.price->minor * each.left;
      }
    }
    Units beyond = units.empty() ? priced(position, nullptr) : units.front();
    for (const Units& each : units)
      if (each.price) beyond = each;
    std::int64_t* sum_beyond = nullptr;
    auto line = units.begin();
    for (int at : seats) {
      Judgment& judgment = seats_[static_cast<std::size_t>(at)];
      const std::int64_t needed = by_login ? logins(at) : 1;
      position.taken += needed;
      judgment.cost = (line == units.end() ? beyond : *line).price;
      if (judgment.cost) judgment.cost->minor = 0;
      for (std::int64_t unit = 0; unit < needed; ++unit) {
        while (line != units.end() && line->left == 0) ++line;
        const Units& from = line == units.end() ? beyond : *line;
        if (unit == 0) judgment.cost = from.price ? std::optional(Money{0, from.price->currency}) : std::nullopt;
        if (judgment.cost) judgment.cost->minor += from.price->minor;
        if (line != units.end()) {
          --line->left;
        } else if (from.price) {
          if (sum_beyond == nullptr)
            sum_beyond = &(lines.empty() ? position.contract : position.unassigned)[from.price->currency];
          *sum_beyond += lines.empty() ? from.price->minor : -from.price->minor;
        }
      }
    }
    for (const Units& each : units) {
      if (each.price && each.left > 0) position.unassigned[each.price->currency] += each.price->minor * each.left;
    }
  }
};

}  // namespace

std::vector<Position> allocate_costs(const FleetIndex& index, std::vector<Judgment>& seats) {
  return Allocation(index, seats).run();
}

}  // namespace seatlint
