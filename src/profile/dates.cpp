// SPDX-License-Identifier: Apache-2.0
// A hand-written scanner instead of strptime: no locale, no allocation, and a log of millions of rows passes here.
#include "profile/dates.hpp"

#include <array>
#include <string>

#include "base/ascii.hpp"

namespace seatlint::profile {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Eats a text from the left; every `take_` leaves it untouched where it does not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  std::size_t mark() const { return at_; }
  void reset(std::size_t mark) { at_ = mark; }
  std::string_view rest() const { return text_.substr(at_); }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool blanks() {
    const auto start = at_;
    // U+00A0 and U+202F stand before AM and PM in what newer browsers print.
    for (;;) {
      if (peek() == ' ' || peek() == '\t')
        ++at_;
      else if (rest().substr(0, 2) == "\xC2\xA0")
        at_ += 2;
      else if (rest().substr(0, 3) == "\xE2\x80\xAF")
        at_ += 3;
      else
        break;
    }
    return at_ != start;
  }
  /// A run of `low` to `high` digits; -1 where the run is shorter or longer.
  long digits(std::size_t low, std::size_t high) {
    std::size_t n = 0;
    long value = 0;
    while (at_ + n < text_.size() && is_digit(text_[at_ + n])) {
      if (++n > high) return -1;
      value = value * 10 + (text_[at_ + n - 1] - '0');
    }
    if (n < low) return -1;
    at_ += n;
    return value;
  }
  std::string_view letters() {
    const auto start = at_;
    // Beyond ASCII everything but the blanks above is a letter here: `März`, `août`.
    while (is_alpha(peek()) || (static_cast<unsigned char>(peek()) >= 0x80 && rest().substr(0, 2) != "\xC2\xA0" &&
                                rest().substr(0, 3) != "\xE2\x80\xAF"))
      ++at_;
    return text_.substr(start, at_ - start);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string_view strip(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (lower(text[i]) != lower_case[i]) return false;
  return true;
}

std::optional<Day> to_day(long year, long month, long day) {
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  return real_day(static_cast<int>(year), static_cast<unsigned>(month), static_cast<unsigned>(day));
}

/// `Z`, `UTC`, `GMT`, `+02`, `+0200`, `+02:00`.
bool take_offset(Scanner& in, Stamp& stamp) {
  const auto start = in.mark();
  const char c = in.peek();
  if (is_alpha(c)) {
    const auto word = in.letters();
    if (same(word, "z") || same(word, "utc") || same(word, "gmt")) {
      stamp.offset = 0;
      return true;
    }
    in.reset(start);
    return false;
  }
  if (c != '+' && c != '-') return false;
  in.take(c);
  long hours = in.digits(2, 2), minutes = 0;
  if (hours >= 0) {
    if (in.take(':')) minutes = in.digits(2, 2);
  } else {
    const long both = in.digits(4, 4);
    if (both < 0) return false;
    hours = both / 100;
    minutes = both % 100;
  }
  if (hours > 14 || minutes < 0 || minutes > 59) return false;
  const auto seconds = static_cast<std::int32_t>(hours * 3600 + minutes * 60);
  stamp.offset = c == '-' ? -seconds : seconds;
  return true;
}

/// `AM`, `pm`, `a.m.`; moves a 12-hour clock to 24 hours.
bool take_half(Scanner& in, long& hour) {
  const auto start = in.mark();
  const char c = lower(in.peek());
  if (c != 'a' && c != 'p') return true;
  in.take(in.peek());
  const bool dot = in.take('.');
  if (lower(in.peek()) != 'm') {
    in.reset(start);
    return true;
  }
  in.take(in.peek());
  if (dot && !in.take('.')) return false;
  if (hour < 1 || hour > 12) return false;
  hour = hour % 12 + (c == 'p' ? 12 : 0);
  return true;
}

/// Everything after the date; true when nothing is left over.
bool take_time(Scanner& in, Stamp& stamp) {
  if (in.done()) return true;
  in.take(',');
  const bool blank = in.blanks();
  if (!blank && !in.take('T') && !in.take('t')) return false;
  if (in.done()) return true;
  long hour = in.digits(1, 2);
  const char separator = in.peek();
  if (hour < 0 || (separator != ':' && separator != '.')) return false;
  in.take(separator);
  const long minute = in.digits(2, 2);
  long second = 0;
  if (minute < 0) return false;
  if (in.take(separator)) {
    second = in.digits(2, 2);
    if (second < 0) return false;
    if ((in.peek() == '.' || in.peek() == ',') && in.take(in.peek()) && in.digits(1, 9) < 0) return false;
  }
  in.blanks();
  if (!take_half(in, hour)) return false;
  in.blanks();
  if (!in.done() && !take_offset(in, stamp)) return false;
  in.blanks();
  if (hour == 24 && minute == 0 && second == 0) {  // the end of the day
    hour = 0;
    stamp.day = stamp.day + 1;
  }
  if (!in.done() || hour > 23 || minute > 59 || second > 60) return false;
  stamp.has_time = true;
  stamp.second = static_cast<std::int32_t>(hour * 3600 + minute * 60 + (second == 60 ? 59 : second));
  return true;
}

/// `20260912T101112Z`, ISO without its signs.
std::optional<Stamp> parse_basic(std::string_view text) {
  const auto clock = text.substr(9);
  std::size_t digits = 0;
  while (digits < clock.size() && is_digit(clock[digits])) ++digits;
  if (digits != 4 && digits != 6) return std::nullopt;
  std::string plain(text.substr(0, 8));
  plain += clock.substr(0, digits);
  auto stamp = number_stamp(plain, {});
  Scanner rest(clock.substr(digits));
  if (rest.take('.') && rest.digits(1, 9) < 0) return std::nullopt;
  if (!stamp || (!rest.done() && !take_offset(rest, *stamp)) || !rest.done()) return std::nullopt;
  return stamp;
}

/// A number of `size` digits at `at`; above 9999 where one is none.
unsigned number_at(std::string_view text, std::size_t at, std::size_t size) {
  unsigned value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned{'0'};
    value = digit > 9 ? 100'000 : value * 10 + digit;
  }
  return value;
}

/// `2026-09-12`, `2026-09-12T10:11:12Z` and the same without its Z or with a blank: what most exports write. Others are
/// left to the scanner.
std::optional<Stamp> plain_iso(std::string_view text) {
  if ((text.size() < 19 || text.size() > 20) && text.size() != 10) return std::nullopt;
  if (text[4] != '-' || text[7] != '-') return std::nullopt;
  const unsigned year = number_at(text, 0, 4), month = number_at(text, 5, 2), date = number_at(text, 8, 2);
  const auto day = real_day(static_cast<int>(year), month, date);
  if (!day) return std::nullopt;
  Stamp stamp;
  stamp.day = *day;
  if (text.size() == 10) return stamp;
  if ((text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const unsigned hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  stamp.has_time = true;
  stamp.second = static_cast<std::int32_t>(hour * 3600 + minute * 60 + second);
  if (text.size() == 19) return stamp;
  if (text[19] != 'Z') return std::nullopt;
  stamp.offset = 0;
  return stamp;
}

std::optional<Day> take_year_first(Scanner& in) {
  const long year = in.digits(4, 4);
  const char separator = in.peek();
  if (year < 0 || (separator != '-' && separator != '/' && separator != '.')) return std::nullopt;
  in.take(separator);
  const long month = is_alpha(in.peek()) ? static_cast<long>(month_number(in.letters())) : in.digits(1, 2);
  if (!in.take(separator)) return std::nullopt;
  return to_day(year, month, in.digits(1, 2));
}

/// A year of two digits; no export is older than 1970.
long whole_year(long year) { return year < 70 ? 2000 + year : 1900 + year; }

struct Numbers {
  long first, second, year;
  char separator;
  bool short_year;  ///< of two digits: which number is the year must be known
};
std::optional<Numbers> take_numbers(Scanner& in) {
  Numbers out{};
  out.first = in.digits(1, 2);
  out.separator = in.peek();
  if (out.first < 1 || (out.separator != '/' && out.separator != '.' && out.separator != '-')) return std::nullopt;
  in.take(out.separator);
  out.second = in.digits(1, 2);
  if (out.second < 1 || !in.take(out.separator)) return std::nullopt;
  out.year = in.digits(2, 2);
  out.short_year = out.year >= 0;
  out.year = out.short_year ? whole_year(out.year) : in.digits(4, 4);
  return out.year < 0 ? std::nullopt : std::optional(out);
}

std::optional<Day> settle(const Numbers& numbers, DayOrder order) {
  switch (order) {
    case DayOrder::ymd:
      return std::nullopt;
    case DayOrder::mdy:
      return to_day(numbers.year, numbers.first, numbers.second);
    case DayOrder::dmy:
      return to_day(numbers.year, numbers.second, numbers.first);
    case DayOrder::unsettled:
      break;
  }
  if (numbers.short_year) return std::nullopt;
  const auto as_mdy = to_day(numbers.year, numbers.first, numbers.second);
  const auto as_dmy = to_day(numbers.year, numbers.second, numbers.first);
  if (as_mdy && as_dmy && *as_mdy != *as_dmy) return std::nullopt;
  return as_mdy ? as_mdy : as_dmy;
}

bool is_weekday(std::string_view word) {
  static constexpr std::array<std::string_view, 7> names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  if (word.size() < 3) return false;
  for (const auto name : names)
    if (same(word.substr(0, 3), name)) return true;
  return false;
}

/// The month in words, with what may stand behind it: `Sept.`, `de septiembre de`.
unsigned take_month(Scanner& in) {
  auto word = in.letters();
  if (same(word, "de") && in.blanks()) word = in.letters();
  const unsigned month = month_number(word);
  in.take('.');
  in.take(',');
  return month;
}

/// `Sep 12, 2026`, `12 Sep 2026`, `12-Sep-26`, `12 de septiembre de 2026`, each perhaps after a weekday.
std::optional<Day> take_named(Scanner& in) {
  const auto start = in.mark();
  if (!is_digit(in.peek())) {
    const auto word = in.letters();
    if (month_number(word) == 0 && is_weekday(word)) {
      in.take(',');
      in.blanks();
    } else {
      in.reset(start);
    }
  }
  long day = -1;
  unsigned month = 0;
  if (!is_digit(in.peek())) {
    month = take_month(in);
    in.blanks();
    day = in.digits(1, 2);
    in.take(',');
  } else {
    day = in.digits(1, 2);
    in.take('.');
    if (!in.blanks() && !in.take('-')) return std::nullopt;
    month = take_month(in);
  }
  if (month == 0 || (!in.blanks() && !in.take('-'))) return std::nullopt;
  if (in.rest().substr(0, 3) == "de ") in.letters(), in.blanks();
  const auto before_year = in.mark();
  long year = in.digits(4, 4);
  if (year < 0 && in.mark() == before_year && (year = in.digits(2, 2)) >= 0) year = whole_year(year);
  return to_day(year, static_cast<long>(month), day);
}

}  // namespace

std::string_view to_string(DayOrder order) {
  switch (order) {
    case DayOrder::ymd:
      return "year-month-day";
    case DayOrder::mdy:
      return "month before day";
    case DayOrder::dmy:
      return "day before month";
    case DayOrder::unsettled:
      break;
  }
  return "unsettled";
}

std::optional<Day> real_day(int year, unsigned month, unsigned day) {
  static constexpr std::array<unsigned, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1600 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > lengths[month - 1] + (leap ? 1 : 0)) return std::nullopt;
  return make_day(year, month, day);
}

std::optional<Stamp> parse_stamp(std::string_view text, StampFormat format) {
  text = strip(text);
  if (const auto stamp = plain_iso(text)) return stamp;
  if (text.size() < 4 && !(format.excel && !text.empty())) return std::nullopt;
  if (text.size() > 64) return std::nullopt;
  std::size_t run = 0;
  while (run < text.size() && is_digit(text[run])) ++run;
  if (run == text.size() || (run > 4 && text[run] == '.') || (format.excel && run > 0 && text[run] == '.'))
    return number_stamp(text, format);
  Scanner in(text);
  std::optional<Day> day;
  if (run == 8 && text[8] == 'T') return parse_basic(text);
  if (run == 4) {
    day = take_year_first(in);
  } else if (run > 0 && run < 3 && text.size() > run + 1 && is_digit(text[run + 1])) {
    const auto numbers = take_numbers(in);
    if (numbers) {
      const bool dotted = numbers->separator == '.' && format.order == DayOrder::unsettled;
      day = settle(*numbers, dotted ? DayOrder::dmy : format.order);
    }
  } else if (run < 3) {
    day = take_named(in);
  }
  if (!day) return std::nullopt;
  Stamp stamp;
  stamp.day = *day;
  if (!take_time(in, stamp)) return std::nullopt;
  return stamp;
}

std::optional<OpenDate> open_date(std::string_view text) {
  text = strip(text);
  if (text.size() < 6 || text.size() > 64 || !is_digit(text.front())) return std::nullopt;
  Scanner in(text);
  const auto numbers = take_numbers(in);
  if (!numbers || numbers->first > 31 || numbers->second > 31) return std::nullopt;
  return OpenDate{static_cast<unsigned>(numbers->first), static_cast<unsigned>(numbers->second),
                  numbers->separator == '.', numbers->short_year};
}

}  // namespace seatlint::profile
