// SPDX-License-Identifier: Apache-2.0
// From toml++ to TomlValue: the one translation unit of catalog and policy that sees it, and the one that compiles it.
#include <fmt/core.h>

#include <algorithm>

#define TOML_IMPLEMENTATION
#include "base/toml_library.hpp"
#include "base/toml_text.hpp"
#include "catalog/toml_reader.hpp"

namespace seatlint {
namespace {

void convert(const toml::node& node, TomlValue& out);

void convert_table(const toml::table& table, TomlValue& out) {
  out.kind = TomlValue::Kind::table;
  for (auto&& [key, node] : table) {
    TomlValue& entry = out.items.emplace_back();
    convert(node, entry);
    entry.key = std::string(key.str());
    entry.key_line = key.source().begin.line;
    entry.key_column = key.source().begin.column;
    // Tables made by a header or a dotted key have no position of their own.
    if (entry.line == 0) entry.line = entry.key_line;
    if (entry.column == 0) entry.column = entry.key_column;
  }
  // toml++ sorts by key; a policy's order is meaning (first match wins), so the written order is restored.
  std::stable_sort(out.items.begin(), out.items.end(), [](const TomlValue& a, const TomlValue& b) {
    return std::tie(a.key_line, a.key_column) < std::tie(b.key_line, b.key_column);
  });
}

Day to_day(const toml::date& date) { return make_day(date.year, date.month, date.day); }

void convert(const toml::node& node, TomlValue& out) {
  using Kind = TomlValue::Kind;
  out.line = out.key_line = node.source().begin.line;
  out.column = out.key_column = node.source().begin.column;
  if (const auto* table = node.as_table()) {
    convert_table(*table, out);
  } else if (const auto* array = node.as_array()) {
    out.kind = Kind::array;
    for (auto&& item : *array) convert(item, out.items.emplace_back());
  } else if (const auto* text = node.as_string()) {
    out.kind = Kind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = Kind::integer;
    out.integer = integer->get();
  } else if (const auto* real = node.as_floating_point()) {
    out.kind = Kind::real;
    out.real = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = Kind::boolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date(); date && date->get().year >= 1600) {
    out.kind = Kind::date;
    out.date = to_day(date->get());
  } else {
    out.kind = Kind::time;
  }
}

}  // namespace

TomlValue parse_toml(std::string_view text, const std::string& origin) {
  refuse_unquoted_letters(text, origin);
  try {
    const toml::table table = toml::parse(text, origin);
    TomlValue root;
    convert_table(table, root);
    root.line = root.column = root.key_line = root.key_column = 1;
    return root;
  } catch (const toml::parse_error& problem) {
    const auto& at = problem.source().begin;
    throw Error(fmt::format("{}:{}:{}: {}", origin, at.line, at.column, printable(problem.description())));
  }
}

}  // namespace seatlint
