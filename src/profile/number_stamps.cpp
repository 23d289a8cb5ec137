// SPDX-License-Identifier: Apache-2.0
// Dates written as one bare number.
#include "base/ascii.hpp"
#include "profile/dates.hpp"

namespace seatlint::profile {
namespace {

constexpr std::int64_t kDay = 86400;

Stamp from_epoch(std::int64_t seconds) {
  Stamp stamp;
  stamp.day = {static_cast<std::int32_t>(seconds / kDay)};
  stamp.second = static_cast<std::int32_t>(seconds % kDay);
  stamp.has_time = true;
  stamp.offset = 0;
  return stamp;
}

/// `20260914`, `202609141542`, `20260914154207`.
std::optional<Stamp> compact(long long value, std::size_t digits) {
  long long clock = 0;
  if (digits == 14) clock = value % 1000000, value /= 1000000;
  if (digits == 12) clock = value % 10000 * 100, value /= 10000;
  const auto day = real_day(static_cast<int>(value / 10000), static_cast<unsigned>(value / 100 % 100),
                            static_cast<unsigned>(value % 100));
  const auto hour = clock / 10000, minute = clock / 100 % 100, second = clock % 100;
  if (!day || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  Stamp stamp;
  stamp.day = *day;
  stamp.has_time = digits > 8;
  stamp.second = static_cast<std::int32_t>(hour * 3600 + minute * 60 + (second == 60 ? 59 : second));
  return stamp;
}

}  // namespace

std::optional<Stamp> number_stamp(std::string_view text, StampFormat format) {
  constexpr std::int64_t kFirst = 946684800, kLast = 4102444800;
  std::size_t digits = 0;
  long long value = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    if (digits == 16) return std::nullopt;
    value = value * 10 + (text[digits++] - '0');
  }
  std::string_view fraction = text.substr(digits);
  if (!fraction.empty()) {
    if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 18) return std::nullopt;
    for (const char c : fraction.substr(1))
      if (!is_digit(c)) return std::nullopt;
  }
  if (format.excel && digits <= 6) {
    if (value < 1 || value > 109574) return std::nullopt;  // up to 2199-12-31
    Stamp stamp;
    stamp.day = {static_cast<std::int32_t>(value) - 25569};
    double part = 0, scale = 0.1;
    for (const char c : fraction.empty() ? fraction : fraction.substr(1)) part += (c - '0') * scale, scale /= 10;
    stamp.has_time = !fraction.empty();
    stamp.second = static_cast<std::int32_t>(part * 86400.0 + 0.5) % 86400;
    return stamp;
  }
  if (digits == 14 || (fraction.empty() && (digits == 8 || digits == 12))) return compact(value, digits);
  if ((digits == 9 || digits == 10) && value >= kFirst && value < kLast) return from_epoch(value);
  if ((digits == 12 || digits == 13) && value / 1000 >= kFirst && value / 1000 < kLast) return from_epoch(value / 1000);
  return std::nullopt;
}

}  // namespace seatlint::profile
