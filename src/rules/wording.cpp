// SPDX-License-Identifier: Apache-2.0
// Wording of dates, thresholds, product sets and features.
#include "rules/wording.hpp"

#include <fmt/core.h>

namespace seatlint {

std::string last_use_text(const SeatCase& seat) {
  if (!seat.last_human) return "no human activity in anything imported";
  return fmt::format("last human activity {}, {} days before {}", to_string(*seat.last_human),
                     seat.fleet.as_of - *seat.last_human, to_string(seat.fleet.as_of));
}

std::string days_text(int days) { return fmt::format("{} day{}", days, days == 1 ? "" : "s"); }

std::string setting_text(const Setting& setting) { return fmt::format("{} ({})", setting.value, setting.origin); }

std::string set_text(const Fleet& fleet, const std::vector<int>& products, const std::optional<Money>& cost) {
  std::string text;
  for (int product : products)
    text += (text.empty() ? "" : " + ") + fleet.products[static_cast<std::size_t>(product)].id;
  return cost ? fmt::format("{} ({})", text, to_string(*cost)) : text;
}

std::string features_text(const Fleet& fleet, const FeatureSet& features) {
  constexpr std::size_t shown = 4;
  std::string text;
  std::size_t n = 0;
  for (std::size_t f = features._Find_first(); f < features.size() && f < fleet.features.size();
       f = features._Find_next(f)) {
    if (++n <= shown) text += (text.empty() ? "" : ", ") + fleet.features[f];
  }
  if (n > shown) text += fmt::format(" and {} more", n - shown);
  return text;
}

}  // namespace seatlint
