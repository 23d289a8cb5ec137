// SPDX-License-Identifier: Apache-2.0
// Amounts as people write them, kept as integers of the currency's minor unit.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

// Longer signs first: "US$" ends in another.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> signs{{{"US$", "USD"},
                                                                               {"CA$", "CAD"},
                                                                               {"AU$", "AUD"},
                                                                               {"R$", "BRL"},
                                                                               {"zł", "PLN"},
                                                                               {"Kč", "CZK"},
                                                                               {"$", "USD"},
                                                                               {"€", "EUR"},
                                                                               {"£", "GBP"},
                                                                               {"¥", "JPY"},
                                                                               {"₹", "INR"}}};

bool is_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Takes a sign or a code off either end of `text`; the currency, or empty.
std::string take_currency(std::string_view& text) {
  for (const auto& [sign, code] : signs) {
    if (text.starts_with(sign)) return text = trim(text.substr(sign.size())), std::string(code);
    if (text.ends_with(sign)) return text = trim(text.substr(0, text.size() - sign.size())), std::string(code);
  }
  if (text.size() >= 3 && is_code(text.substr(0, 3))) {
    std::string code(text.substr(0, 3));
    return text = trim(text.substr(3)), code;
  }
  if (text.size() >= 3 && is_code(text.substr(text.size() - 3))) {
    std::string code(text.substr(text.size() - 3));
    return text = trim(text.substr(0, text.size() - 3)), code;
  }
  return {};
}

/// Digits in groups of three behind `separator`, as in 1,234,567.
bool grouped(std::string_view text, char separator) {
  std::size_t run = 0;
  bool first = true;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != separator) {
      if (text[i] < '0' || text[i] > '9') return false;
      ++run;
      continue;
    }
    if (first ? (run < 1 || run > 3) : run != 3) return false;
    first = false;
    run = 0;
  }
  return true;
}

/// `1 234,50` and `1'234.50` without what groups their digits; as it is where that is no grouping.
std::string ungrouped(std::string_view text) {
  for (const std::string_view mark : {" ", "\u00A0", "\u202F", "'", "\u2019"}) {
    if (text.find(mark) == std::string_view::npos) continue;
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
      const bool is_mark = text.substr(at).starts_with(mark);
      plain += is_mark ? ' ' : text[at];
      at += is_mark ? mark.size() : 1;
    }
    const auto whole = std::string_view(plain).substr(0, plain.find_first_of(".,"));
    if (!grouped(whole, ' ')) break;
    plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
    return plain;
  }
  return std::string(text);
}

/// Splits an amount into whole and decimal digits; the last of `.` and `,` is the decimal mark unless it groups.
bool split_decimals(std::string_view text, std::string& whole, std::string& decimals) {
  const auto last = text.find_last_of(".,");
  if (last == std::string_view::npos) return whole = std::string(text), true;
  const char mark = text[last], other = mark == '.' ? ',' : '.';
  const bool repeats = text.find(mark) != last;
  const bool has_other = text.find(other) != std::string_view::npos;
  std::string_view head = text.substr(0, last), tail = text.substr(last + 1);
  const bool groups = repeats || (!has_other && tail.size() == 3 && mark == ',');
  const char group_mark = groups ? mark : other;
  const std::string_view grouped_part = groups ? text : head;
  if (grouped_part.find(group_mark) != std::string_view::npos && !grouped(grouped_part, group_mark)) return false;
  if (groups && has_other) return false;
  for (char c : grouped_part)
    if (c != group_mark) whole += c;
  if (!groups) decimals = std::string(tail);
  return true;
}

}  // namespace

Currency::Currency(std::string_view code) : size_(static_cast<std::uint8_t>(code.size())) {
  if (code.size() > sizeof code_)
    throw Error("\"" + printable(code) + "\" is no currency: it has more than three letters");
  std::copy(code.begin(), code.end(), code_);
}

int currency_digits(std::string_view currency) {
  static constexpr std::array<std::string_view, 16> none{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                         "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
  static constexpr std::array<std::string_view, 7> three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::find(none.begin(), none.end(), currency) != none.end()) return 0;
  return std::find(three.begin(), three.end(), currency) != three.end() ? 3 : 2;
}

std::optional<Money> parse_money(std::string_view text, std::string_view fallback) {
  text = trim(text);
  bool negative = text.starts_with('-');
  if (negative) text = trim(text.substr(1));
  std::string currency = take_currency(text);
  if (!negative && text.starts_with('-')) negative = true, text = trim(text.substr(1));
  if (currency.empty()) currency = std::string(fallback);
  if (text.empty() || !is_code(currency)) return std::nullopt;
  std::string whole, decimals;
  if (!split_decimals(ungrouped(text), whole, decimals) || whole.empty()) return std::nullopt;
  const auto places = static_cast<std::size_t>(currency_digits(currency));
  while (decimals.size() > places && decimals.back() == '0') decimals.pop_back();
  if (decimals.size() > places || whole.size() > 14) return std::nullopt;
  decimals.resize(places, '0');
  std::int64_t minor = 0;
  for (char c : whole + decimals) {
    if (c < '0' || c > '9') return std::nullopt;
    minor = minor * 10 + (c - '0');
  }
  return Money{negative ? -minor : minor, currency};
}

std::string to_string(const Money& money, bool brief) {
  const auto places = static_cast<std::size_t>(currency_digits(money.currency));
  std::string number = std::to_string(money.minor < 0 ? -static_cast<std::uint64_t>(money.minor)
                                                      : static_cast<std::uint64_t>(money.minor));
  if (number.size() <= places) number.insert(0, places + 1 - number.size(), '0');
  std::string decimals = number.substr(number.size() - places);
  number.resize(number.size() - places);
  for (std::size_t at = number.size(); at > 3; at -= 3) number.insert(at - 3, ",");
  const bool drop = places == 0 || (brief && decimals.find_first_not_of('0') == std::string::npos);
  return (money.minor < 0 ? "-" : "") + number + (drop ? "" : "." + decimals) + " " + std::string(money.currency);
}

}  // namespace seatlint
