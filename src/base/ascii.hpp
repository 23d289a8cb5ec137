// SPDX-License-Identifier: Apache-2.0
// Letters and digits of ASCII, whatever the locale says.
#pragma once

namespace seatlint {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace seatlint
