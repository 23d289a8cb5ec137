// SPDX-License-Identifier: Apache-2.0
// The money: every minor unit of what was contracted lands in exactly one row, or nothing is printed.
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "report/build_report.hpp"
#include "report/release.hpp"

namespace seatlint {
namespace {

using Key = std::pair<int, int>;  // org, product

class BookKeeper {
 public:
  BookKeeper(const Fleet& fleet, const Judged& judged) : fleet_(fleet), judged_(judged) {}

  Books keep() {
    line(fleet_.policy->currency);
    for (const Position& position : judged_.positions) open(position);
    for (const Judgment& judgment : judged_.seats) post(judgment);
    for (const auto& [currency, parts] : seats_)
      for (const auto& [part, seats] : parts) line(currency).seats[std::string(part)] = seats;
    for (const Position& position : judged_.positions) close(position);
    return finish();
  }

 private:
  MoneyLine& line(const std::string& currency) {
    MoneyLine& row = money_[currency];
    row.currency = currency;
    return row;
  }

  /// The same for one seat after the other, mostly of one currency.
  MoneyLine& money_of(const Currency& currency) {
    if (last_money_ == nullptr || last_money_->currency != std::string_view(currency)) last_money_ = &line(currency);
    return *last_money_;
  }

  void open(const Position& position) {
    const FleetProduct& product = fleet_.products[static_cast<std::size_t>(position.product)];
    ProductLine& row = products_[{position.org, position.product}];
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
  static void count(ProductLine& row, const Judgment& judgment) {
    const Rule& rule = *judgment.rule;
    ++row.assigned;
    if (judgment.waived()) {
      ++row.waived;
    } else if (rule.name == "outside") {
      ++row.outside;
    } else if (rule.name == "unjudged") {
      ++row.unjudged;
    } else if (rule.family == Family::idle) {
      ++row.idle;
    } else if (rule.family == Family::overprovisioned) {
      ++row.overprovisioned;
    } else if (rule.family == Family::mistiered) {
      ++row.mistiered;
    } else {
      ++row.used;
    }
  }

  /// The part that tells something of the seat's holder.
  static std::string_view part_of(const Judgment& judgment, bool waste) {
    const Rule& rule = *judgment.rule;
    const bool excess = rule.name == "downgrade" && judgment.saving() && judgment.saving()->minor != 0;
    if ((waste || excess) && judgment.waived()) return "waived";
    if (rule.name == "outside" || rule.name == "unjudged") return rule.name;
    if (excess) return "tier_excess";
    return waste ? to_string(rule.family) : "used";
  }

  void post(const Judgment& judgment) {
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(judgment.seat)];
    const Key key{seat.org, seat.product};
    ProductLine& row = products_[key];
    count(row, judgment);
    const Rule& rule = *judgment.rule;
    const bool waste = rule.family == Family::idle || rule.family == Family::overprovisioned;
    const Product* known = fleet_.products[static_cast<std::size_t>(seat.product)].known;
    const bool by_login = known != nullptr && known->per == "login";  // idle, it costs nothing
    if (waste && !judgment.waived() && !by_login) ++wasted_[key];
    if (!judgment.cost) {
      ++line(fleet_.policy->currency).unpriced_seats;
      return;
    }
    MoneyLine& money = money_of(judgment.cost->currency);
    const std::int64_t cost = judgment.cost->minor;
    ++seats_[judgment.cost->currency][part_of(judgment, waste)];
    if (rule.name == "outside") {
      money.outside += cost;
    } else if (rule.name == "unjudged") {
      money.unjudged += cost;
    } else if (waste) {
      (judgment.waived() ? money.waived : rule.family == Family::idle ? money.idle : money.overprovisioned) += cost;
      if (!judgment.waived()) row.exposure_minor += cost;
    } else {
      // Only the excess of a downgrade is waste; the rest of the seat serves somebody.
      const std::int64_t excess = rule.name == "downgrade" && judgment.saving() ? judgment.saving()->minor : 0;
      money.used += cost - excess;
      (judgment.waived() ? money.waived : money.tier_excess) += excess;
      if (!judgment.waived()) row.exposure_minor += excess;
    }
    if (const auto& saving = judgment.remarks().conditional_saving) line(saving->currency).conditional += saving->minor;
  }

  void close(const Position& position) {
    for (const auto& [currency, minor] : position.unassigned) {
      if (minor <= 0) continue;
      surplus_[currency] += minor;
      ProductLine& row = products_[{position.org, position.product}];
      if (row.unit_price && row.unit_price->currency == currency) row.exposure_minor += minor;
    }
    reduce(position);
  }

  /// What the contract lets go of: wasted and unassigned seats.
  void reduce(const Position& position) {
    std::int64_t spare = wasted_[{position.org, position.product}];
    if (position.purchased) spare += *position.purchased - position.taken;
    LetGo let = let_go(fleet_, position.org, position.product, spare);
    ProductLine& row = products_[{position.org, position.product}];
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
    for (auto& [currency, row] : money_) {
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
  std::map<Key, ProductLine> products_;
  std::map<Key, std::int64_t> wasted_;  ///< idle and over-provisioned seats that nobody waived
  std::map<std::string, MoneyLine> money_;
  MoneyLine* last_money_ = nullptr;                                     ///< in it
  std::map<Currency, std::map<std::string_view, std::int64_t>> seats_;  ///< by part of the contract
  std::map<std::string, std::int64_t> surplus_;
};

}  // namespace

Books keep_books(const Fleet& fleet, const Judged& judged) { return BookKeeper(fleet, judged).keep(); }

}  // namespace seatlint
