// SPDX-License-Identifier: Apache-2.0
// Texts to small numbers and back: open addressing, one probe for nearly every look-up. As long as texts come in
// ascending order, as in a list sorted by them, each is compared with the one before and there is no table.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/fetch.hpp"
#include "seatlint/base.hpp"

namespace seatlint {

class NumberedTexts {
 public:
  /// What the table goes by. Whoever has it early can have the text's slot fetched before it is asked for.
  static std::uint64_t hash_of(std::string_view text) { return hash64(text); }
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) fetch_line(&slots_[first_slot(hash)]);
  }

  /// The text's number, from 0 in the order of first sight. The table keeps a copy.
  int add(std::string_view text) { return add(text, hash_of(text)); }
  int add(std::string_view text, std::uint64_t hash);
  /// The same without a copy: the text outlives the table.
  int add_lasting(std::string_view text) { return add_lasting(text, hash_of(text)); }
  int add_lasting(std::string_view text, std::uint64_t hash);
  /// Room for so many texts at once.
  void reserve(std::size_t texts);
  /// -1: never added.
  int find(std::string_view text) const { return find(text, hash_of(text)); }
  int find(std::string_view text, std::uint64_t hash) const;
  std::string_view text(int number) const { return texts_[static_cast<std::size_t>(number)]; }
  std::size_t size() const { return texts_.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t number = -1;
  };

  std::size_t first_slot(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash >> 32u) & (slots_.size() - 1);
  }
  /// The text's number; that of the next one where it is new, and is then to be added.
  int number_for(std::string_view text, std::uint64_t hash);
  std::size_t slot_of(std::uint64_t hash, std::string_view text) const;
  void grow(std::size_t slots);

  std::vector<Slot> slots_;  ///< none while texts ascend; else a power of two of them, at most half of them taken
  std::vector<TextRef> texts_;
  Arena memory_;
};

}  // namespace seatlint
