// SPDX-License-Identifier: Apache-2.0
// Typed reading of hand-written TOML: every getter notes its key as known and collects what is wrong with its line
// and column, so that a person sees all mistakes of a file at once. Catalogs and the policy are read through it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint {

/// One TOML value with its key and the place it stands at; keeps toml++ out of every other file of these rooms.
struct TomlValue {
  enum class Kind { text, integer, real, boolean, date, time, array, table };
  Kind kind = Kind::table;
  std::string key;                             ///< empty for the root and for items of a list
  std::uint32_t line = 0, column = 0;          ///< of the value
  std::uint32_t key_line = 0, key_column = 0;  ///< of the key; of the value where there is none
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  Day date;
  std::vector<TomlValue> items;  ///< of a list, or the entries of a table in written order
};

/// Collects `origin:line:column: says` and throws them as one Error, in file order.
class TomlErrors {
 public:
  explicit TomlErrors(std::string origin) : origin_(std::move(origin)) {}
  const std::string& origin() const { return origin_; }
  void add(std::uint32_t line, std::uint32_t column, std::string says);
  void throw_if_any() const;

 private:
  std::string origin_;
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::string>> found_;
};

/// Throws Error with origin, line and column for a text that is no TOML.
TomlValue parse_toml(std::string_view text, const std::string& origin);

/// A table under reading. Getters return nullopt for an absent key and for a value with an error already noted.
class TomlTable {
 public:
  /// `label` names the table in messages: "[audit]", or "" for the top level. Both references must outlive this.
  TomlTable(const TomlValue& value, std::string label, TomlErrors& errors);

  bool has(std::string_view key) const { return find(key) != nullptr; }
  std::uint32_t line() const { return value_->key_line; }
  std::uint32_t line_of(std::string_view key) const;
  std::vector<std::string> keys() const;
  /// The raw value, its key noted as known; nullptr when absent.
  const TomlValue* value(std::string_view key);

  std::optional<std::string> text(std::string_view key);
  /// One of `allowed`, else an error with "did you mean".
  std::optional<std::string> word(std::string_view key, const std::vector<std::string>& allowed);
  /// A text or a list of texts.
  std::optional<std::vector<std::string>> texts(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<double> number(std::string_view key, double least, double most);
  std::optional<bool> boolean(std::string_view key);
  std::optional<Day> day(std::string_view key);
  /// A text such as "95.00 USD", or "95" where `currency` names one. Negative amounts are errors.
  std::optional<Money> money(std::string_view key, std::string_view currency);
  std::optional<TomlTable> table(std::string_view key);
  /// `[[key]]`, each table labeled "[[key]]", or a list of inline tables.
  std::vector<TomlTable> tables(std::string_view key);

  /// Notes an error when `key` is absent.
  void require(std::string_view key);
  /// Notes an error at `key`, or at the table where the key is absent.
  void error(std::string_view key, std::string says);
  void error(std::string says);
  /// Notes every key that no getter asked for, with the nearest one that was.
  void finish();

 private:
  const TomlValue* find(std::string_view key) const;
  const TomlValue* typed(std::string_view key, TomlValue::Kind kind, std::string_view expected);
  std::string in_label() const;

  const TomlValue* value_;
  std::string label_;
  TomlErrors* errors_;
  std::vector<std::string> known_;
};

/// `; did you mean "idle_days"?` when one of `candidates` is near, else empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace seatlint
