// SPDX-License-Identifier: Apache-2.0
// A list of few values in an arena: a million of them need no allocation each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/arena.hpp"

namespace seatlint {

/// Its values live as long as the arenas they were added from; copies share them.
template <typename Value>
class ShortList {
 public:
  /// Where there is no room left, all values move to `memory`.
  Value& add(Arena& memory) {
    if (size_ == capacity_) {
      capacity_ = std::max<std::uint32_t>(1, capacity_ * 2);
      Value* more = memory.room<Value>(capacity_);
      std::copy(begin(), end(), more);
      values_ = more;
    }
    return *new (values_ + size_++) Value;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Value* begin() { return values_; }
  Value* end() { return values_ + size_; }
  const Value* begin() const { return values_; }
  const Value* end() const { return values_ + size_; }

 private:
  Value* values_ = nullptr;
  std::uint32_t size_ = 0, capacity_ = 0;
};

}  // namespace seatlint
