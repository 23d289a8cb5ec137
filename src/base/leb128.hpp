// SPDX-License-Identifier: Apache-2.0
// Numbers in as few bytes as they need, seven bits each, the lowest first (LEB128): what packed forms are made of.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace seatlint {

/// The most bytes that a number takes.
constexpr std::size_t longest_number = 10;

/// To where there is room for the longest; the end of what was put there.
inline char* put_number(char* at, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7u) *at++ = static_cast<char>(value | 0x80u);
  *at++ = static_cast<char>(value);
  return at;
}

inline void put_number(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7u) bytes.push_back(static_cast<char>(value | 0x80u));
  bytes.push_back(static_cast<char>(value));
}

/// Takes one from the front; nullopt where it is cut or has more than 64 bits' worth of bytes.
inline std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  if (std::endian::native == std::endian::little && bytes.size() >= 8) {
    // Eight bytes at once, whatever the length: numbers of mixed lengths can't be foreseen, branches on them cost.
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    if (const std::uint64_t ends = ~word & 0x8080808080808080u; ends != 0) {
      const int bits = std::countr_zero(ends) + 1;
      word &= ~std::uint64_t{0} >> (64 - bits) & 0x7F7F7F7F7F7F7F7Fu;
      word = (word & 0x007F007F007F007Fu) | (word & 0x7F007F007F007F00u) >> 1u;
      word = (word & 0x00003FFF00003FFFu) | (word & 0x3FFF00003FFF0000u) >> 2u;
      word = (word & 0x000000000FFFFFFFu) | (word & 0x0FFFFFFF00000000u) >> 4u;
      bytes.remove_prefix(static_cast<std::size_t>(bits) / 8);
      return word;
    }
  }
  std::uint64_t value = 0;
  for (unsigned shift = 0, at = 0; shift < 64 && at < bytes.size(); shift += 7, ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    value |= static_cast<std::uint64_t>(byte & 0x7Fu) << shift;
    if (byte >= 0x80) continue;
    bytes.remove_prefix(at + 1);
    return value;
  }
  return std::nullopt;
}

/// Small numbers of either sign as small numbers without one.
inline std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1u) ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1u) ^ -static_cast<std::int64_t>(value & 1u);
}

}  // namespace seatlint
