// SPDX-License-Identifier: Apache-2.0
// The leaf values every room speaks in: days, money, text and the two ways input can go wrong.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace seatlint {

/// A calendar day, counted from 1970-01-01. No zone: the zone was applied when the day was made.
struct Day {
  std::int32_t days = 0;
  auto operator<=>(const Day&) const = default;
  Day operator+(int n) const { return {days + n}; }
  Day operator-(int n) const { return {days - n}; }
  int operator-(Day other) const { return days - other.days; }
};

/// `YYYY-MM-DD`, years 1600 to 9999; anything else, an impossible date included, is nullopt.
std::optional<Day> parse_day(std::string_view text);
Day make_day(int year, unsigned month, unsigned day);
struct Civil {
  int year;
  unsigned month, day;
};
Civil civil(Day day);
std::string to_string(Day day);

/// An inclusive run of days.
struct DayRange {
  Day first, last;
  bool operator==(const DayRange&) const = default;
  int length() const { return last - first + 1; }
  bool contains(Day day) const { return first <= day && day <= last; }
};

/// An ISO 4217 code, or nothing. Small: a fleet has millions of amounts.
class Currency {
 public:
  Currency() = default;
  /// Throws Error where it is longer than such codes are.
  Currency(std::string_view code);                                         // NOLINT(google-explicit-constructor)
  Currency(const std::string& code) : Currency(std::string_view(code)) {}  // NOLINT(google-explicit-constructor)
  Currency(const char* code) : Currency(std::string_view(code)) {}         // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return {code_, size_}; }             // NOLINT(google-explicit-constructor)
  operator std::string() const { return {code_, size_}; }                  // NOLINT(google-explicit-constructor)
  bool empty() const { return size_ == 0; }
  auto operator<=>(const Currency&) const = default;

 private:
  char code_[3] = {};
  std::uint8_t size_ = 0;
};

/// An amount in minor units of an ISO 4217 currency (two decimals unless the currency says otherwise).
struct Money {
  std::int64_t minor = 0;
  Currency currency;
  bool operator==(const Money&) const = default;
};

/// `"95.00 USD"`, `"USD 95"`, `"$95"`, `"1.260,50 EUR"`; `fallback` names the currency where none is written.
/// nullopt when it is no amount, or has no currency and no fallback, or more decimals than the currency.
std::optional<Money> parse_money(std::string_view text, std::string_view fallback = {});
/// Number of minor digits of a currency: 2, 0 (JPY, KRW, ...) or 3 (KWD, ...).
int currency_digits(std::string_view currency);
/// `1,234.50 USD`; without decimals where they are all zero and `brief` is set.
std::string to_string(const Money& money, bool brief = false);

/// Unicode simple case folding of valid UTF-8 (ASCII fast path); what is no UTF-8 is returned as it is.
std::string fold_case(std::string_view text);
/// The same over what `into` held, for its memory; `text` must not be a part of it.
void fold_case(std::string_view text, std::string& into);
/// Without leading and trailing blanks, Unicode ones and U+FEFF included.
std::string_view trim(std::string_view text);
/// Trimmed, folded, runs of inner blanks collapsed to one: how header names and product names compare.
std::string normalize_name(std::string_view text);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
/// Columns a terminal needs for this UTF-8 text.
int display_width(std::string_view text);
/// Safe on a terminal: control, escape, bidi and invalid bytes become visible `\xNN` or `\u{NNNN}`.
std::string printable(std::string_view text);
/// Case-insensitive glob over whole text: `*` and `?`. Linear in practice, never exponential.
bool glob_match(std::string_view pattern, std::string_view text);
/// The same of texts that are folded already.
bool glob_match_folded(std::string_view pattern, std::string_view text);
/// The nearest of `candidates` to a mistyped `word` ("did you mean"), if one is near enough.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

/// Incremental SHA-256 (libcrypto).
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  Sha256& operator=(Sha256&&) = delete;
  void update(std::string_view bytes);
  /// 64 lower-case hexadecimal digits; call once.
  std::string hex();

 private:
  void* context_;
};
std::string sha256_hex(std::string_view bytes);
/// XXH3, 64 bits: for tables and sort orders, never for proof or privacy.
std::uint64_t hash64(std::string_view bytes);

/// Cannot go on: what is wrong, where, and what to do. Caught once, in cli/.
class Error : public std::runtime_error {
 public:
  enum class Kind {
    usage = 2,      ///< wrong command line, config, policy or input: exit 2
    try_again = 3,  ///< the store is locked or the input is still being written: exit 3
  };
  explicit Error(const std::string& what, Kind kind = Kind::usage) : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// The input is odd but the work goes on. `line` and `column` count from 1; 0 means "the whole file".
struct Diagnostic {
  std::string file;
  std::uint64_t line = 0;
  std::uint32_t column = 0;
  std::string says;
};

}  // namespace seatlint
