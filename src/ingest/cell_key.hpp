// SPDX-License-Identifier: Apache-2.0
// Cells to look up, filled up with zeros to one size: hashing and comparing them then takes no branch on a length that
// differs from row to row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "seatlint/base.hpp"

namespace seatlint {

class CellKey {
 public:
  static constexpr std::size_t most = 48;  ///< bytes; of longer cells the key says nothing

  CellKey() = default;
  /// At least `most` bytes must be readable from the begin of the cells on.
  explicit CellKey(std::string_view cells) {
    if (cells.size() > most) return;
    const char* mask = kept.data() + most - cells.size();
    words_ = {word(cells.data(), 0) & word(mask, 0), word(cells.data(), 1) & word(mask, 1),
              word(cells.data(), 2) & word(mask, 2), word(cells.data(), 3) & word(mask, 3),
              word(cells.data(), 4) & word(mask, 4), word(cells.data(), 5) & word(mask, 5)};
  }

  /// Of the cells this was made of.
  std::uint64_t hash(std::string_view cells) const {
    return cells.size() > most ? hash64(cells) : XXH3_64bits(words_.data(), most);
  }
  /// A number that differs for most cells, found sooner than the hash: what is frequent is looked for by it.
  std::uint64_t sketch() const {
    return ((words_[0] ^ words_[3]) * 3 + (words_[1] ^ words_[4]) * 5 + (words_[2] ^ words_[5])) * 0x9E3779B97F4A7C15u;
  }
  /// Whether these bytes, zeros behind them, are the cells; where there are at most so many.
  bool is(const char* bytes) const {
    return ((words_[0] ^ word(bytes, 0)) | (words_[1] ^ word(bytes, 1)) | (words_[2] ^ word(bytes, 2)) |
            (words_[3] ^ word(bytes, 3)) | (words_[4] ^ word(bytes, 4)) | (words_[5] ^ word(bytes, 5))) == 0;
  }
  bool operator==(const CellKey& other) const { return is(reinterpret_cast<const char*>(other.words_.data())); }

 private:
  static std::uint64_t word(const char* bytes, std::size_t i) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + i * sizeof word, sizeof word);
    return word;
  }

  /// Ones, then as many zeros.
  static constexpr std::array<char, 2 * most> kept = [] {
    std::array<char, 2 * most> bytes{};
    for (std::size_t i = 0; i < most; ++i) bytes[i] = '\xFF';
    return bytes;
  }();

  std::array<std::uint64_t, most / sizeof(std::uint64_t)> words_{};
};

}  // namespace seatlint
