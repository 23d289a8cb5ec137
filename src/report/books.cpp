// SPDX-License-Identifier: Apache-2.0
// The money: every minor unit of what was contracted lands in exactly one row, or nothing is printed.
#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "report/build_report.hpp"
#include "report/release.hpp"

namespace seatlint {
namespace {

using Key = std::pair<int, int>;  // org, product

/// Parts of a contract that seats are in, and what JSON calls them.
enum class Part : std::size_t { used, idle, overprovisioned, tier_excess, waived, unjudged, outside };
constexpr std::array<std::string_view, 7> part_names{"used",   "idle",     "overprovisioned", "tier_excess",
                                                     "waived", "unjudged", "outside"};

class BookKeeper {
 public:
  BookKeeper(const Fleet& fleet, const Judged& judged)
      : fleet_(fleet), judged_(judged), own_money_(sums(fleet.policy->currency)) {
    const std::size_t cells = fleet.orgs.size() * fleet.products.size();
    rows_.resize(cells);
    wasted_.resize(cells);
  }

  Books keep() {
    for (const Position& position : judged_.positions) open(position);
    for (const Judgment& judgment : judged_.seats) post(judgment);
    for (const Position& position : judged_.positions) close(position);
    return finish();
  }

 private:
  struct Sums {
    MoneyLine line;
    std::array<std::int64_t, part_names.size()> seats{};
  };

  Sums& sums(const std::string& currency) {
    Sums& of = money_[currency];
    of.line.currency = currency;
    return of;
  }
  MoneyLine& line(const std::string& currency) { return sums(currency).line; }

  /// The same for one seat after the other, mostly of one currency.
  Sums& sums_of(const Currency& currency) {
    if (last_money_ == nullptr || last_money_->line.currency != std::string_view(currency))
      last_money_ = &sums(currency);
    return *last_money_;
  }

  std::size_t cell(int org, int product) const {
    return static_cast<std::size_t>(org) * fleet_.products.size() + static_cast<std::size_t>(product);
  }
  ProductLine& row(int org, int product) {
    ProductLine*& known = rows_[cell(org, product)];
    if (known == nullptr) known = &products_[{org, product}];
    return *known;
  }

  void open(const Position& position) {
    const FleetProduct& product = fleet_.products[static_cast<std::size_t>(position.product)];
    ProductLine& row = this->row(position.org, position.product);
    row.org = fleet_.orgs[static_cast<std::size_t>(position.org)].name;
    row.product = product.id;
    row.name = product.name;
    row.purchased = position.purchased;
    if (position.purchased) row.unassigned = *position.purchased - position.taken;
    const UnitPrice price = unit_price(fleet_, position.org, position.product);
    row.unit_price = price.money;
    row.price_origin = price.origin;
    for (const auto& [currency, minor] : position.contract) line(currency).contract += minor;
    for (const auto& [currency, minor] : position.contracted) line(currency).by_contract += minor;
    for (const auto& [currency, minor] : position.unassigned) line(currency).unassigned += minor;
  }

  /// Counts of a product: every seat in exactly one column.
  void count(ProductLine& row, const Judgment& judgment) const {
    const Family family = judgment.rule->family;
    ++row.assigned;
    if (judgment.waived()) {
      ++row.waived;
    } else if (judgment.rule == outside_) {
      ++row.outside;
    } else if (judgment.rule == unjudged_) {
      ++row.unjudged;
    } else if (family == Family::idle) {
      ++row.idle;
    } else if (family == Family::overprovisioned) {
      ++row.overprovisioned;
    } else if (family == Family::mistiered) {
      ++row.mistiered;
    } else {
      ++row.used;
    }
  }

  /// The part that tells something of the seat's holder.
  Part part_of(const Judgment& judgment, bool waste, std::int64_t excess) const {
    if ((waste || excess != 0) && judgment.waived()) return Part::waived;
    if (judgment.rule == outside_) return Part::outside;
    if (judgment.rule == unjudged_) return Part::unjudged;
    if (excess != 0) return Part::tier_excess;
    if (!waste) return Part::used;
    return judgment.rule->family == Family::idle ? Part::idle : Part::overprovisioned;
  }

  void post(const Judgment& judgment) {
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(judgment.seat)];
    ProductLine& row = this->row(seat.org, seat.product);
    count(row, judgment);
    const Family family = judgment.rule->family;
    const bool waste = family == Family::idle || family == Family::overprovisioned;
    if (waste && !judgment.waived() && !by_login(seat)) ++wasted_[cell(seat.org, seat.product)];
    if (!judgment.cost) {
      ++own_money_.line.unpriced_seats;
      return;
    }
    // Only the excess of a downgrade is waste; the rest of the seat serves somebody.
    const std::int64_t excess = judgment.rule == downgrade_ && judgment.saving() ? judgment.saving()->minor : 0;
    const std::int64_t cost = judgment.cost->minor;
    Sums& sums = sums_of(judgment.cost->currency);
    MoneyLine& line = sums.line;
    ++sums.seats[static_cast<std::size_t>(part_of(judgment, waste, excess))];
    if (judgment.rule == outside_) {
      line.outside += cost;
    } else if (judgment.rule == unjudged_) {
      line.unjudged += cost;
    } else if (waste) {
      (judgment.waived() ? line.waived : family == Family::idle ? line.idle : line.overprovisioned) += cost;
      if (!judgment.waived()) row.exposure_minor += cost;
    } else {
      line.used += cost - excess;
      (judgment.waived() ? line.waived : line.tier_excess) += excess;
      if (!judgment.waived()) row.exposure_minor += excess;
    }
    if (judgment.own == nullptr) return;
    if (const auto& saving = judgment.own->conditional_saving)
      this->line(saving->currency).conditional += saving->minor;
  }

  /// Idle, it costs nothing.
  bool by_login(const Seat& seat) const {
    const Product* known = fleet_.products[static_cast<std::size_t>(seat.product)].known;
    return known != nullptr && known->per == "login";
  }

  void close(const Position& position) {
    for (const auto& [currency, minor] : position.unassigned) {
      if (minor <= 0) continue;
      surplus_[currency] += minor;
      ProductLine& row = this->row(position.org, position.product);
      if (row.unit_price && row.unit_price->currency == currency) row.exposure_minor += minor;
    }
    reduce(position);
  }

  /// What the contract lets go of: wasted and unassigned seats.
  void reduce(const Position& position) {
    std::int64_t spare = wasted_[cell(position.org, position.product)];
    if (position.purchased) spare += *position.purchased - position.taken;
    LetGo let = let_go(fleet_, position.org, position.product, spare);
    ProductLine& row = this->row(position.org, position.product);
    row.contract_notes = std::move(let.notes);
    for (const auto& [currency, part] : let.parts) {
      line(currency).reducible.push_back(part);
      if (row.unit_price && row.unit_price->currency == currency) row.reducible.push_back(part);
    }
    merge_dates(row.reducible);
  }

  Books finish() {
    Books books;
    for (auto& [key, row] : products_) books.products.push_back(std::move(row));
    for (auto& [currency, sums] : money_) {
      MoneyLine& row = sums.line;
      for (std::size_t part = 0; part < part_names.size(); ++part)
        if (sums.seats[part] > 0) row.seats.emplace(part_names[part], sums.seats[part]);
      row.reassignable = row.idle + row.overprovisioned + surplus_[currency];
      row.exposure = row.reassignable + row.tier_excess;
      merge_dates(row.reducible);
      check(row);
      books.money.push_back(std::move(row));
    }
    return books;
  }

  static void merge_dates(std::vector<Reducible>& parts) {
    std::map<std::pair<Day, std::optional<Day>>, std::int64_t> by_date;
    for (const Reducible& part : parts) by_date[{part.on, part.notice_by}] += part.minor;
    parts.clear();
    for (const auto& [dates, minor] : by_date) parts.push_back({minor, dates.first, dates.second});
  }

  static void check(const MoneyLine& row) {
    const std::int64_t sum = row.used + row.idle + row.overprovisioned + row.tier_excess + row.unassigned + row.waived +
                             row.unjudged + row.outside;
    if (sum != row.contract)
      throw Error(fmt::format(
          "internal error: the money does not add up ({} {} contracted, {} accounted for); nothing is printed",
          row.contract, row.currency, sum));
  }

  const Fleet& fleet_;
  const Judged& judged_;
  const Rule* const outside_ = find_rule("outside");
  const Rule* const unjudged_ = find_rule("unjudged");
  const Rule* const downgrade_ = find_rule("downgrade");
  std::map<Key, ProductLine> products_;
  std::vector<ProductLine*> rows_;    ///< in it, by cell; nullptr: not yet there
  std::vector<std::int64_t> wasted_;  ///< by cell: idle and over-provisioned seats that nobody waived
  std::map<std::string, Sums> money_;
  Sums& own_money_;             ///< in it, of the policy's currency
  Sums* last_money_ = nullptr;  ///< in it
  std::map<std::string, std::int64_t> surplus_;
};

}  // namespace

Books keep_books(const Fleet& fleet, const Judged& judged) { return BookKeeper(fleet, judged).keep(); }

}  // namespace seatlint
