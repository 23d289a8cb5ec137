// SPDX-License-Identifier: Apache-2.0
// The cheapest lines give first, so that no saving is overstated.
#include "report/release.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "report/amounts.hpp"

namespace seatlint {
namespace {

std::string staying(std::int64_t seats) { return counted(seats, "spare seat stays", "spare seats stay"); }

class GivingBack {
 public:
  GivingBack(const Fleet& fleet, int org, int product) : fleet_(fleet) {
    known_ = fleet.products[static_cast<std::size_t>(product)].known;
    for (const EntitlementLine& line : fleet.lines) {
      if (line.org != org || line.product != product || !valid_on(line, fleet.as_of)) continue;
      bought_ += line.quantity;
      floored_ = floored_ || line.floor.has_value();
      if (line.unit_price && release_of(line, fleet.as_of)) lines_.push_back(&line);
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const EntitlementLine* a, const EntitlementLine* b) {
      return a->unit_price->minor < b->unit_price->minor;
    });
  }

  LetGo run(std::int64_t spare) {
    spare = within_minimum(spare);
    for (const EntitlementLine* line : lines_) {
      if (spare <= 0) break;
      const std::int64_t seats = seats_of(*line, spare);
      if (seats > 0 && add(*line, seats)) spare -= seats;
    }
    return std::move(out_);
  }

 private:
  /// What a vendor sells no fewer of. A floor of the contract replaces it.
  std::int64_t within_minimum(std::int64_t spare) {
    if (known_ == nullptr || known_->minimum == 0 || floored_ || lines_.empty()) return spare;
    const std::int64_t room = std::max<std::int64_t>(0, bought_ - known_->minimum);
    if (room < spare)
      out_.notes.push_back(
          fmt::format("{}: the vendor sells no fewer than {}", staying(spare - room), known_->minimum));
    return std::min(spare, room);
  }

  std::int64_t seats_of(const EntitlementLine& line, std::int64_t spare) {
    const std::int64_t room = std::max<std::int64_t>(0, line.quantity - line.floor.value_or(0));
    std::int64_t seats = std::min(spare, room);
    if (room < std::min(spare, line.quantity))
      out_.notes.push_back(fmt::format("{}: the contract has a floor of {}",
                                       staying(std::min(spare, line.quantity) - room), *line.floor));
    const std::int64_t block = line.block.value_or(known_ == nullptr ? 1 : known_->block);
    if (block > 1) {
      const std::int64_t rest = (line.quantity - seats + block - 1) / block * block;
      const std::int64_t whole = std::max<std::int64_t>(0, line.quantity - rest);
      if (whole < seats)
        out_.notes.push_back(fmt::format("{}: seats come in blocks of {}", staying(seats - whole), block));
      seats = whole;
    }
    return seats;
  }

  /// A price that was granted for the quantity is lost with it: what is left is then paid at list price.
  bool add(const EntitlementLine& line, std::int64_t seats) {
    const Money& price = *line.unit_price;
    std::int64_t minor = seats * price.minor;
    if (line.price_protected.value_or(known_ != nullptr && known_->price_protected)) {
      const auto list = list_price(price.currency);
      if (!list) {
        out_.notes.push_back("giving seats back loses the protected price, and no list price is known to reckon with");
        return false;
      }
      const std::int64_t dearer = (line.quantity - seats) * std::max<std::int64_t>(0, *list - price.minor);
      minor -= dearer;
      if (dearer > 0)
        out_.notes.push_back(fmt::format("giving back {} makes the other {} dearer by {} a month, at list price{}",
                                         counted(seats, "seat"), line.quantity - seats,
                                         amount_with_currency(dearer, price.currency),
                                         minor > 0 ? "" : ": that costs more than it saves"));
    }
    if (minor <= 0) return false;
    const Release release = *release_of(line, fleet_.as_of);
    out_.parts.push_back({price.currency, {minor, release.on, release.notice_by}});
    return true;
  }

  std::optional<std::int64_t> list_price(const std::string& currency) const {
    if (known_ != nullptr)
      for (const ListPrice& list : known_->list_prices)
        if (list.money.currency == currency) return list.money.minor;
    return std::nullopt;
  }

  const Fleet& fleet_;
  const Product* known_ = nullptr;
  std::vector<const EntitlementLine*> lines_;
  std::int64_t bought_ = 0;
  bool floored_ = false;
  LetGo out_;
};

}  // namespace

std::optional<Release> release_of(const EntitlementLine& line, Day today) {
  const int notice = line.notice_days.value_or(0);
  if (line.any_time) return Release{today + notice, std::nullopt};
  if (!line.term_end) return std::nullopt;
  Day end = *line.term_end;
  // Notice missed: the contract renews, by default for a term as long as the present one.
  if (end - notice < today && line.term_start) end = end + (end - *line.term_start + 1);
  return Release{end, end - notice};
}

LetGo let_go(const Fleet& fleet, int org, int product, std::int64_t spare) {
  return GivingBack(fleet, org, product).run(spare);
}

}  // namespace seatlint
