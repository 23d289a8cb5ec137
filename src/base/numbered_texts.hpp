// SPDX-License-Identifier: Apache-2.0
// Texts to small numbers and back: open addressing, one probe for nearly every look-up.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.hpp"

namespace seatlint {

class NumberedTexts {
 public:
  /// The text's number, from 0 in the order of first sight. The table keeps a copy.
  int add(std::string_view text);
  /// The same without a copy: the text outlives the table.
  int add_lasting(std::string_view text);
  /// Room for so many texts at once.
  void reserve(std::size_t texts);
  /// -1: never added.
  int find(std::string_view text) const;
  std::string_view text(int number) const { return texts_[static_cast<std::size_t>(number)]; }
  std::size_t size() const { return texts_.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t number = -1;
  };

  Slot& slot_for(std::string_view text);
  std::size_t slot_of(std::uint64_t hash, std::string_view text) const;
  void grow(std::size_t slots);

  std::vector<Slot> slots_;  ///< a power of two of them, at most half of them taken
  std::vector<std::string_view> texts_;
  Arena memory_;
};

}  // namespace seatlint
