// SPDX-License-Identifier: Apache-2.0
// A TOML text as a plain tree that remembers where each value stands and in which order keys were written
// (order decides in vocabularies). Keeps toml++ out of every other translation unit of this room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint::profile {

struct TomlNode {
  enum class Kind { string, integer, real, boolean, date, array, table };
  Kind kind = Kind::table;
  std::string text;  ///< kind string; dates as written
  std::int64_t number = 0;
  double real = 0;
  bool flag = false;
  std::vector<TomlNode> items;                            ///< kind array
  std::vector<std::pair<std::string, TomlNode>> entries;  ///< kind table, in written order
  std::uint32_t line = 0, column = 0;                     ///< of the value
  std::uint32_t key_line = 0, key_column = 0;             ///< of its key, where it has one

  // Clang 14 can't make these inside a class that holds pairs of itself.
  TomlNode();
  ~TomlNode();
  TomlNode(const TomlNode&);
  TomlNode(TomlNode&&) noexcept;
  TomlNode& operator=(const TomlNode&);
  TomlNode& operator=(TomlNode&&) noexcept;

  const TomlNode* find(std::string_view key) const;
};

std::string_view to_string(TomlNode::Kind kind);

/// Throws Error "origin:line:column: ..." for what is no TOML.
TomlNode read_toml(std::string_view text, const std::string& origin);

/// "origin:line:column: says".
[[noreturn]] void fail_at(const std::string& origin, const TomlNode& node, const std::string& says);

/// Every key of `table` must be one of `known`; else an Error with the nearest known key.
void expect_keys(const TomlNode& table, const std::vector<std::string>& known, const std::string& origin,
                 const std::string& where);

std::string expect_string(const TomlNode& node, const std::string& origin, std::string_view key);
bool expect_bool(const TomlNode& node, const std::string& origin, std::string_view key);
std::int64_t expect_integer(const TomlNode& node, const std::string& origin, std::string_view key, std::int64_t low,
                            std::int64_t high);
/// A string, or a list of strings.
std::vector<std::string> expect_strings(const TomlNode& node, const std::string& origin, std::string_view key);

}  // namespace seatlint::profile
