// SPDX-License-Identifier: Apache-2.0
// Finds the few bytes that mean something to a CSV reader, a block at a time. This is the reader's hot loop, kept
// apart so that it can be exchanged (plain, SSE2, wider) without touching what walks over its result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace seatlint::csv {

/// The bytes that matter beside CR and LF; `'\0'` means "none".
struct Specials {
  char delimiter = ',';
  char quote = '"';
  char escape = '\0';
};

/// Appends the offset of every special byte in `data[from, to)` to `out`, ascending.
void find_specials(const char* data, std::size_t from, std::size_t to, const Specials& specials,
                   std::vector<std::uint32_t>& out);
/// The same, byte by byte: what the vector code is compared with.
void find_specials_plainly(const char* data, std::size_t from, std::size_t to, const Specials& specials,
                           std::vector<std::uint32_t>& out);

}  // namespace seatlint::csv
