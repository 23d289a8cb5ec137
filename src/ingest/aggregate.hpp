// SPDX-License-Identifier: Apache-2.0
// Activity rows into day sets per actor and action, with the records proving the first and the last day.
#pragma once

#include <string>
#include <unordered_map>

#include "seatlint/facts.hpp"

namespace seatlint {

class ActivityAggregate {
 public:
  void add(const ActivityRow& row, std::uint64_t line);
  ActivityFacts take();

 private:
  std::uint32_t actor(const Identity& identity);
  std::uint32_t action(const ActivityRow& row);

  ActivityFacts facts_;
  std::unordered_map<std::string, std::uint32_t> actors_, actions_;
  std::unordered_map<std::uint64_t, std::size_t> index_;
  std::string key_;
};

}  // namespace seatlint
