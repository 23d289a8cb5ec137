// SPDX-License-Identifier: Apache-2.0
// Memory that is handed out in order and given back all at once: millions of small values without an allocation each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/large_pages.hpp"
#include "seatlint/compact.hpp"

namespace seatlint {

class Arena {
 public:
  /// Room for so many values, not initialized.
  template <typename Value>
  Value* room(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>);
    return reinterpret_cast<Value*>(bytes(count * sizeof(Value), alignof(Value)));
  }
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* to = room<char>(text.size());
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }
  template <typename Value>
  ListRef<Value> keep_list(std::span<const Value> values) {
    return {bytes(ListRef<Value>::bytes_for(values.size()), ListRef<Value>::alignment), values};
  }

 private:
  static constexpr std::size_t first_block = std::size_t{1} << 16, largest_block = LargePages::page;

  std::byte* bytes(std::size_t size, std::size_t alignment) {
    std::size_t skip = (alignment - used_ % alignment) % alignment;
    if (blocks_.empty() || used_ + skip + size > capacity_) {
      capacity_ = std::max(size, blocks_.empty() ? first_block : std::min(capacity_ * 4, largest_block));
      blocks_.emplace_back(capacity_);
      used_ = skip = 0;
    }
    std::byte* at = blocks_.back().data() + used_ + skip;
    used_ += skip + size;
    return at;
  }

  std::vector<LargePages> blocks_;
  std::size_t used_ = 0, capacity_ = 0;
};

}  // namespace seatlint
