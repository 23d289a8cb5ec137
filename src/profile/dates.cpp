// SPDX-License-Identifier: Apache-2.0
// A hand-written scanner instead of strptime: no locale, no allocation, and a log of millions of rows passes here.
#include "profile/dates.hpp"

#include <array>

namespace seatlint::profile {
namespace {

constexpr std::int64_t kDay = 86400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

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
    while (is_alpha(peek())) ++at_;
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
  if (!in.done() || hour > 23 || minute > 59 || second > 60) return false;
  stamp.has_time = true;
  stamp.second = static_cast<std::int32_t>(hour * 3600 + minute * 60 + (second == 60 ? 59 : second));
  return true;
}

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
  const auto day =
      to_day(static_cast<long>(value / 10000), static_cast<long>(value / 100 % 100), static_cast<long>(value % 100));
  const auto hour = clock / 10000, minute = clock / 100 % 100, second = clock % 100;
  if (!day || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  Stamp stamp;
  stamp.day = *day;
  stamp.has_time = digits > 8;
  stamp.second = static_cast<std::int32_t>(hour * 3600 + minute * 60 + (second == 60 ? 59 : second));
  return stamp;
}

/// A bare number: compact stamps, epochs between 2000 and 2100, Excel serials where a profile asks for them.
std::optional<Stamp> parse_number(std::string_view text, StampFormat format) {
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

std::optional<Day> take_year_first(Scanner& in) {
  const long year = in.digits(4, 4);
  const char separator = in.peek();
  if (year < 0 || (separator != '-' && separator != '/' && separator != '.')) return std::nullopt;
  in.take(separator);
  const long month = is_alpha(in.peek()) ? static_cast<long>(month_number(in.letters())) : in.digits(1, 2);
  if (!in.take(separator)) return std::nullopt;
  return to_day(year, month, in.digits(1, 2));
}

struct Numbers {
  long first, second, year;
  char separator;
};
std::optional<Numbers> take_numbers(Scanner& in) {
  Numbers out{};
  out.first = in.digits(1, 2);
  out.separator = in.peek();
  if (out.first < 1 || (out.separator != '/' && out.separator != '.' && out.separator != '-')) return std::nullopt;
  in.take(out.separator);
  out.second = in.digits(1, 2);
  if (out.second < 1 || !in.take(out.separator)) return std::nullopt;
  out.year = in.digits(4, 4);
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

/// `Sep 12, 2026`, `12 Sep 2026`, `12-Sep-2026`, each perhaps after a weekday.
std::optional<Day> take_named(Scanner& in) {
  const auto start = in.mark();
  if (is_alpha(in.peek())) {
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
  if (is_alpha(in.peek())) {
    month = month_number(in.letters());
    in.take('.');
    in.blanks();
    day = in.digits(1, 2);
    in.take(',');
  } else {
    day = in.digits(1, 2);
    in.take('.');
    if (!in.blanks() && !in.take('-')) return std::nullopt;
    month = month_number(in.letters());
    in.take('.');
    in.take(',');
  }
  if (month == 0 || (!in.blanks() && !in.take('-'))) return std::nullopt;
  return to_day(in.digits(4, 4), static_cast<long>(month), day);
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

unsigned month_number(std::string_view name) {
  static constexpr std::array<std::string_view, 12> names = {"january",   "february", "march",    "april",
                                                             "may",       "june",     "july",     "august",
                                                             "september", "october",  "november", "december"};
  for (unsigned i = 0; i < names.size(); ++i)
    if (same(name, names[i]) || same(name, names[i].substr(0, 3))) return i + 1;
  return same(name, "sept") ? 9 : 0;
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
  if (text.size() < 4 && !(format.excel && !text.empty())) return std::nullopt;
  if (text.size() > 64) return std::nullopt;
  std::size_t run = 0;
  while (run < text.size() && is_digit(text[run])) ++run;
  if (run == text.size() || (run > 4 && text[run] == '.') || (format.excel && run > 0 && text[run] == '.'))
    return parse_number(text, format);
  Scanner in(text);
  std::optional<Day> day;
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
  if (text.size() < 8 || text.size() > 64 || !is_digit(text.front())) return std::nullopt;
  Scanner in(text);
  const auto numbers = take_numbers(in);
  if (!numbers || numbers->first > 31 || numbers->second > 31) return std::nullopt;
  return OpenDate{static_cast<unsigned>(numbers->first), static_cast<unsigned>(numbers->second),
                  numbers->separator == '.'};
}

}  // namespace seatlint::profile
