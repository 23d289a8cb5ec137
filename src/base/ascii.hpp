// SPDX-License-Identifier: Apache-2.0
// Letters and digits of ASCII, whatever the locale says.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace seatlint {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Beyond ASCII every byte counts as a letter's.
constexpr bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Eight bytes at a time, the last of them twice where need be.
inline bool is_ascii(std::string_view text) {
  std::uint64_t all = 0, eight = 0;
  if (text.size() < sizeof eight) {
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
  }
  for (std::size_t at = 0; at + sizeof eight < text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    all |= eight;
  }
  std::memcpy(&eight, text.data() + text.size() - sizeof eight, sizeof eight);
  return ((all | eight) & 0x8080808080808080u) == 0;
}

}  // namespace seatlint
