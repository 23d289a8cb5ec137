// SPDX-License-Identifier: Apache-2.0
// Letters and digits of ASCII, whatever the locale says.
#pragma once

namespace seatlint {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Beyond ASCII every byte counts as a letter's.
constexpr bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace seatlint
