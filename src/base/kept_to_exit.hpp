// SPDX-License-Identifier: Apache-2.0
// Values that are given back with the whole process.
#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace seatlint {

/// Keeps a value until the program has ended. For the one large value of a command: taking a fleet of a million apart
/// takes as long as judging it.
template <typename Value>
Value& kept_to_exit(std::unique_ptr<Value> value) {
  static auto& kept = *new std::vector<std::unique_ptr<Value>>();
  return *kept.emplace_back(std::move(value));
}

}  // namespace seatlint
