// SPDX-License-Identifier: Apache-2.0
// Some rules, to be asked of every seat: a fleet has millions of them.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "seatlint/rules.hpp"

namespace seatlint {

class RuleSet {
 public:
  RuleSet() = default;
  explicit RuleSet(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) add(*find_rule(name));
  }
  void add(const Rule& rule) { rules_.push_back(&rule); }
  bool contains(const Rule* rule) const { return std::find(rules_.begin(), rules_.end(), rule) != rules_.end(); }

 private:
  std::vector<const Rule*> rules_;
};

}  // namespace seatlint
