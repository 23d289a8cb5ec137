// SPDX-License-Identifier: Apache-2.0
// Getters of TomlTable and the list of mistakes they fill.
#include "catalog/toml_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace seatlint {
namespace {

std::string_view kind_name(TomlValue::Kind kind) {
  switch (kind) {
    case TomlValue::Kind::text:
      return "a text";
    case TomlValue::Kind::integer:
      return "a whole number";
    case TomlValue::Kind::real:
      return "a number with decimals";
    case TomlValue::Kind::boolean:
      return "true or false";
    case TomlValue::Kind::date:
      return "a date";
    case TomlValue::Kind::time:
      return "a date with a time";
    case TomlValue::Kind::array:
      return "a list";
    case TomlValue::Kind::table:
      return "a table";
  }
  return "something else";
}

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = nearest(word, candidates);
  return near ? fmt::format("; did you mean \"{}\"?", *near) : std::string();
}

void TomlErrors::add(std::uint32_t line, std::uint32_t column, std::string says) {
  found_.emplace_back(line, column, std::move(says));
}

void TomlErrors::throw_if_any() const {
  if (found_.empty()) return;
  auto sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  std::string all;
  for (const auto& [line, column, says] : sorted) {
    if (!all.empty()) all += '\n';
    all += fmt::format("{}:{}:{}: {}", origin_, line, column, says);
  }
  throw Error(all);
}

TomlTable::TomlTable(const TomlValue& value, std::string label, TomlErrors& errors)
    : value_(&value), label_(std::move(label)), errors_(&errors) {}

const TomlValue* TomlTable::find(std::string_view key) const {
  for (const TomlValue& item : value_->items) {
    if (item.key == key) return &item;
  }
  return nullptr;
}

const TomlValue* TomlTable::value(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return find(key);
}

std::string TomlTable::in_label() const { return label_.empty() ? " at the top level" : " in " + label_; }

std::uint32_t TomlTable::line_of(std::string_view key) const {
  const TomlValue* item = find(key);
  return item ? item->key_line : line();
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> out;
  for (const TomlValue& item : value_->items) out.push_back(item.key);
  return out;
}

void TomlTable::error(std::string says) { errors_->add(value_->key_line, value_->key_column, std::move(says)); }

void TomlTable::error(std::string_view key, std::string says) {
  const TomlValue* item = find(key);
  if (!item) return error(std::move(says));
  errors_->add(item->line, item->column, std::move(says));
}

const TomlValue* TomlTable::typed(std::string_view key, TomlValue::Kind kind, std::string_view expected) {
  const TomlValue* item = value(key);
  if (!item) return nullptr;
  if (item->kind == kind) return item;
  error(key, fmt::format("{}{} must be {}, not {}", key, in_label(), expected, kind_name(item->kind)));
  return nullptr;
}

std::optional<std::string> TomlTable::text(std::string_view key) {
  const TomlValue* item = typed(key, TomlValue::Kind::text, "a text in quotes");
  if (!item) return std::nullopt;
  return item->text;
}

std::optional<std::string> TomlTable::word(std::string_view key, const std::vector<std::string>& allowed) {
  auto got = text(key);
  if (!got || std::find(allowed.begin(), allowed.end(), *got) != allowed.end()) return got;
  std::string list;
  for (const auto& each : allowed) list += (list.empty() ? "" : ", ") + each;
  error(key, fmt::format("{}{} cannot be \"{}\": it is one of {}{}", key, in_label(), printable(*got), list,
                         did_you_mean(*got, allowed)));
  return std::nullopt;
}

std::optional<std::vector<std::string>> TomlTable::texts(std::string_view key) {
  const TomlValue* item = value(key);
  if (!item) return std::nullopt;
  if (item->kind == TomlValue::Kind::text) return std::vector<std::string>{item->text};
  bool good = item->kind == TomlValue::Kind::array;
  std::vector<std::string> out;
  if (good) {
    for (const TomlValue& each : item->items) {
      good = good && each.kind == TomlValue::Kind::text;
      out.push_back(each.text);
    }
  }
  if (good) return out;
  error(key, fmt::format("{}{} must be a text in quotes or a list of them", key, in_label()));
  return std::nullopt;
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const TomlValue* item = typed(key, TomlValue::Kind::integer, "a whole number");
  if (!item) return std::nullopt;
  if (item->integer >= least && item->integer <= most) return item->integer;
  error(key, fmt::format("{}{} must be from {} to {}, not {}", key, in_label(), least, most, item->integer));
  return std::nullopt;
}

std::optional<double> TomlTable::number(std::string_view key, double least, double most) {
  const TomlValue* item = value(key);
  if (!item) return std::nullopt;
  if (item->kind != TomlValue::Kind::integer && item->kind != TomlValue::Kind::real) {
    error(key, fmt::format("{}{} must be a number, not {}", key, in_label(), kind_name(item->kind)));
    return std::nullopt;
  }
  const double got = item->kind == TomlValue::Kind::real ? item->real : static_cast<double>(item->integer);
  if (std::isfinite(got) && got >= least && got <= most) return got;
  error(key, fmt::format("{}{} must be from {} to {}", key, in_label(), least, most));
  return std::nullopt;
}

std::optional<bool> TomlTable::boolean(std::string_view key) {
  const TomlValue* item = typed(key, TomlValue::Kind::boolean, "true or false");
  if (!item) return std::nullopt;
  return item->boolean;
}

std::optional<Day> TomlTable::day(std::string_view key) {
  const TomlValue* item = value(key);
  if (!item) return std::nullopt;
  if (item->kind == TomlValue::Kind::date) return item->date;
  if (item->kind == TomlValue::Kind::text) {
    if (const auto parsed = parse_day(item->text)) return parsed;
    error(key, fmt::format("{}{}: \"{}\" is no date; write it as 2026-12-31", key, in_label(), printable(item->text)));
    return std::nullopt;
  }
  error(key, fmt::format("{}{} must be a date such as 2026-12-31, not {}", key, in_label(), kind_name(item->kind)));
  return std::nullopt;
}

std::optional<Money> TomlTable::money(std::string_view key, std::string_view currency) {
  const TomlValue* item = typed(key, TomlValue::Kind::text, "an amount in quotes such as \"95.00 USD\"");
  if (!item) return std::nullopt;
  const auto parsed = parse_money(item->text, currency);
  if (parsed && parsed->minor >= 0) return parsed;
  error(key,
        fmt::format("{}{}: \"{}\" is no amount; write it as \"95.00 USD\"", key, in_label(), printable(item->text)));
  return std::nullopt;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const TomlValue* item = typed(key, TomlValue::Kind::table, "a table");
  if (!item) return std::nullopt;
  if (label_.starts_with("[[")) return TomlTable(*item, fmt::format("{} {}", label_, key), *errors_);
  const std::string path = label_.empty() ? std::string() : label_.substr(1, label_.size() - 2) + ".";
  return TomlTable(*item, fmt::format("[{}{}]", path, printable(key)), *errors_);
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> out;
  const TomlValue* item = value(key);
  if (!item) return out;
  bool good = item->kind == TomlValue::Kind::array;
  for (const TomlValue& each : item->items) good = good && each.kind == TomlValue::Kind::table;
  if (!good) {
    error(key, fmt::format("{}{} must be a list of tables: write [[{}]]", key, in_label(), key));
    return out;
  }
  const std::string label = label_.starts_with("[[") ? fmt::format("{} {}", label_, key) : fmt::format("[[{}]]", key);
  for (const TomlValue& each : item->items) out.emplace_back(each, label, *errors_);
  return out;
}

void TomlTable::require(std::string_view key) {
  if (!has(key)) error(fmt::format("{} is missing{}", key, in_label()));
}

void TomlTable::finish() {
  for (const TomlValue& item : value_->items) {
    if (std::find(known_.begin(), known_.end(), item.key) != known_.end()) continue;
    errors_->add(
        item.key_line, item.key_column,
        fmt::format("unknown key \"{}\"{}{}", printable(item.key), in_label(), did_you_mean(item.key, known_)));
  }
}

}  // namespace seatlint
