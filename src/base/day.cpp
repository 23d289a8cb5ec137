// SPDX-License-Identifier: Apache-2.0
// Calendar days without a clock or a zone: the proleptic Gregorian calendar as integers.
#include <date/date.h>

#include <array>

#include "seatlint/base.hpp"

namespace seatlint {
namespace {

int digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 1600 || month < 1 || day < 1) return std::nullopt;
  const date::year_month_day value{date::year{year}, date::month{static_cast<unsigned>(month)},
                                   date::day{static_cast<unsigned>(day)}};
  if (!value.ok()) return std::nullopt;
  return Day{date::sys_days{value}.time_since_epoch().count()};
}

Day make_day(int year, unsigned month, unsigned day) {
  return Day{
      date::sys_days{date::year{year} / static_cast<int>(month) / static_cast<int>(day)}.time_since_epoch().count()};
}

Civil civil(Day day) {
  const date::year_month_day value{date::sys_days{date::days{day.days}}};
  return {static_cast<int>(value.year()), static_cast<unsigned>(value.month()), static_cast<unsigned>(value.day())};
}

std::string to_string(Day day) {
  const auto [year, month, dom] = civil(day);
  std::string text = "0000-00-00";
  int rest = year;
  for (std::size_t i = 4; i-- > 0; rest /= 10) text[i] = static_cast<char>('0' + rest % 10);
  text[5] = static_cast<char>('0' + month / 10);
  text[6] = static_cast<char>('0' + month % 10);
  text[8] = static_cast<char>('0' + dom / 10);
  text[9] = static_cast<char>('0' + dom % 10);
  return text;
}

}  // namespace seatlint
