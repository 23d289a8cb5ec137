// SPDX-License-Identifier: Apache-2.0
// Figures as text. Integers only, so that no rounding of a platform can change a report.
#include "report/amounts.hpp"

#include <algorithm>
#include <limits>

namespace seatlint {

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > sign + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string amount_with_currency(std::int64_t minor, std::string_view currency) {
  return to_string(Money{minor, std::string(currency)});
}

std::string amount(std::int64_t minor, std::string_view currency) {
  std::string text = amount_with_currency(minor, currency);
  text.resize(text.size() - currency.size() - 1);
  return text;
}

std::string plain_amount(const Money& money) {
  std::string text = amount(money.minor, money.currency);
  std::erase(text, ',');
  return text;
}

std::string percent(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return {};
  // The scale keeps sums of any size inside the range; a whole percent needs no more digits than that.
  while (whole > std::numeric_limits<std::int64_t>::max() / 1000) part /= 10, whole /= 10;
  const bool negative = part < 0;
  const std::int64_t size = std::clamp<std::int64_t>(negative ? -part : part, 0, whole * 9);
  std::int64_t rounded = (size * 200 + whole) / (whole * 2);
  if (rounded == 0 && size > 0) return negative ? "-<1%" : "<1%";
  if (rounded == 100 && size != whole) rounded = size < whole ? 99 : 101;
  return (negative ? "-" : "") + std::to_string(rounded) + "%";
}

std::string counted(std::int64_t number, std::string_view singular, std::string_view plural) {
  std::string text = grouped(number) + " ";
  if (number == 1) return text.append(singular);
  return plural.empty() ? text.append(singular).append("s") : text.append(plural);
}

std::int64_t a_year(std::int64_t minor_a_month) {
  constexpr std::int64_t edge = std::numeric_limits<std::int64_t>::max() / 12;
  return std::clamp(minor_a_month, -edge, edge) * 12;
}

}  // namespace seatlint
