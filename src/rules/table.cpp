// SPDX-License-Identifier: Apache-2.0
// The list of rules, in the order of src/CMakeLists.txt: the verdict table first.
#include <algorithm>
#include <array>

#include "rules/judge.hpp"

namespace seatlint {

#define X(word) extern const Rule word##_rule;
#include "rules_table.inc"
#undef X

namespace {

constexpr std::array table{
#define X(word) &word##_rule,
#include "rules_table.inc"
#undef X
};

}  // namespace

const std::vector<const Rule*>& rules() {
  static const std::vector<const Rule*> all(table.begin(), table.end());
  return all;
}

const Rule& seat_rule(int row) { return *table[static_cast<std::size_t>(row - 1)]; }

const Rule* find_rule(std::string_view name) {
  const auto& all = rules();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Rule* rule) { return rule->name == name; });
  return found == all.end() ? nullptr : *found;
}

std::vector<std::string> rule_and_family_names() {
  std::vector<std::string> names;
  for (const Rule* rule : rules()) names.emplace_back(rule->name);
  for (const Family family : {Family::idle, Family::overprovisioned, Family::mistiered, Family::access, Family::data}) {
    if (!find_rule(to_string(family))) names.emplace_back(to_string(family));  // `idle` is both
  }
  return names;
}

}  // namespace seatlint
