// SPDX-License-Identifier: Apache-2.0
// The only translation unit of this room that sees toml++.
#include "profile/toml_tree.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <sstream>

#include "base/toml_library.hpp"
#include "base/toml_text.hpp"

namespace seatlint::profile {
namespace {

bool earlier(const toml::source_position& a, const toml::source_position& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

TomlNode convert(const toml::node& node);

void convert_table(const toml::table& table, TomlNode& out) {
  std::vector<std::pair<const toml::key*, const toml::node*>> rows;
  for (const auto& [key, value] : table) rows.emplace_back(&key, &value);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return earlier(a.first->source().begin, b.first->source().begin);
  });
  for (const auto& [key, value] : rows) {
    TomlNode child = convert(*value);
    child.key_line = key->source().begin.line;
    child.key_column = key->source().begin.column;
    // A dotted or implicit table has no place of its own; its key has.
    if (child.line == 0 || child.kind == TomlNode::Kind::table) {
      child.line = child.key_line;
      child.column = child.key_column;
    }
    out.entries.emplace_back(std::string(key->str()), std::move(child));
  }
}

std::string date_text(const toml::node& node) {
  std::ostringstream out;
  if (const auto* date = node.as_date()) out << *date;
  if (const auto* time = node.as_time()) out << *time;
  if (const auto* stamp = node.as_date_time()) out << *stamp;
  return out.str();
}

TomlNode convert(const toml::node& node) {
  TomlNode out;
  out.line = node.source().begin.line;
  out.column = node.source().begin.column;
  if (const auto* text = node.as_string()) {
    out.kind = TomlNode::Kind::string;
    out.text = text->get();
  } else if (const auto* number = node.as_integer()) {
    out.kind = TomlNode::Kind::integer;
    out.number = number->get();
  } else if (const auto* real = node.as_floating_point()) {
    out.kind = TomlNode::Kind::real;
    out.real = real->get();
  } else if (const auto* flag = node.as_boolean()) {
    out.kind = TomlNode::Kind::boolean;
    out.flag = flag->get();
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlNode::Kind::array;
    for (const auto& item : *array) out.items.push_back(convert(item));
  } else if (const auto* table = node.as_table()) {
    out.kind = TomlNode::Kind::table;
    convert_table(*table, out);
  } else {
    out.kind = TomlNode::Kind::date;
    out.text = date_text(node);
  }
  return out;
}

}  // namespace

TomlNode::TomlNode() = default;
TomlNode::~TomlNode() = default;
TomlNode::TomlNode(const TomlNode&) = default;
TomlNode::TomlNode(TomlNode&&) noexcept = default;
TomlNode& TomlNode::operator=(const TomlNode&) = default;
TomlNode& TomlNode::operator=(TomlNode&&) noexcept = default;

const TomlNode* TomlNode::find(std::string_view key) const {
  for (const auto& [name, node] : entries) {
    if (name == key) return &node;
  }
  return nullptr;
}

std::string_view to_string(TomlNode::Kind kind) {
  switch (kind) {
    case TomlNode::Kind::string:
      return "a string";
    case TomlNode::Kind::integer:
      return "a whole number";
    case TomlNode::Kind::real:
      return "a number";
    case TomlNode::Kind::boolean:
      return "true or false";
    case TomlNode::Kind::date:
      return "a date";
    case TomlNode::Kind::array:
      return "a list";
    case TomlNode::Kind::table:
      return "a table";
  }
  return "";
}

TomlNode read_toml(std::string_view text, const std::string& origin) {
  refuse_unquoted_letters(text, origin);
  try {
    const toml::table table = toml::parse(text);
    TomlNode root;
    convert_table(table, root);
    root.line = root.column = 1;
    return root;
  } catch (const toml::parse_error& problem) {
    throw Error(fmt::format("{}:{}:{}: {}", origin, problem.source().begin.line, problem.source().begin.column,
                            problem.description()));
  }
}

void fail_at(const std::string& origin, const TomlNode& node, const std::string& says) {
  throw Error(fmt::format("{}:{}:{}: {}", origin, node.line, node.column, says));
}

void expect_keys(const TomlNode& table, const std::vector<std::string>& known, const std::string& origin,
                 const std::string& where) {
  for (const auto& [key, node] : table.entries) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto near = nearest(key, known);
    TomlNode place;
    place.line = node.key_line;
    place.column = node.key_column;
    fail_at(origin, place,
            fmt::format("unknown key \"{}\" in {}{}", key, where,
                        near ? fmt::format("; did you mean \"{}\"?", *near) : std::string()));
  }
}

std::string expect_string(const TomlNode& node, const std::string& origin, std::string_view key) {
  if (node.kind != TomlNode::Kind::string)
    fail_at(origin, node, fmt::format("\"{}\" must be a string, but is {}", key, to_string(node.kind)));
  return node.text;
}

bool expect_bool(const TomlNode& node, const std::string& origin, std::string_view key) {
  if (node.kind != TomlNode::Kind::boolean)
    fail_at(origin, node, fmt::format("\"{}\" must be true or false, but is {}", key, to_string(node.kind)));
  return node.flag;
}

std::int64_t expect_integer(const TomlNode& node, const std::string& origin, std::string_view key, std::int64_t low,
                            std::int64_t high) {
  if (node.kind != TomlNode::Kind::integer)
    fail_at(origin, node, fmt::format("\"{}\" must be a whole number, but is {}", key, to_string(node.kind)));
  if (node.number < low || node.number > high)
    fail_at(origin, node, fmt::format("\"{}\" must be between {} and {}", key, low, high));
  return node.number;
}

std::vector<std::string> expect_strings(const TomlNode& node, const std::string& origin, std::string_view key) {
  if (node.kind == TomlNode::Kind::string) return {node.text};
  if (node.kind != TomlNode::Kind::array)
    fail_at(origin, node,
            fmt::format("\"{}\" must be a string or a list of strings, but is {}", key, to_string(node.kind)));
  std::vector<std::string> out;
  for (const auto& item : node.items) out.push_back(expect_string(item, origin, key));
  return out;
}

}  // namespace seatlint::profile
