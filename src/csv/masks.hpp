// SPDX-License-Identifier: Apache-2.0
// Where the bytes that matter stand, as bit masks: bit i of a word is byte i of its 64 bytes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

constexpr std::size_t word_bytes = 64;

struct Masks {
  std::uint64_t quote = 0, delimiter = 0, newline = 0;
  std::uint64_t carriage = 0;  ///< carriage returns
  std::uint64_t odd = 0;       ///< NUL bytes and escapes
};

/// Masks of `words` words of text, by the widest vectors this machine has. `text` must be readable to the end of the
/// last word.
void find_masks(const char* text, std::size_t words, const Dialect& dialect, Masks* out);
/// The same for text known to be clean: carriage returns and what is odd are not looked for.
void find_borders(const char* text, std::size_t words, const Dialect& dialect, Masks* out);
/// All of them byte by byte: what tests compare with.
void find_masks_plainly(const char* text, std::size_t words, const Dialect& dialect, Masks* out);

/// Whether each byte is inside quotes behind it, given that of the byte before the word (all ones or zero). The
/// quotes that open are inside, those that close are not.
inline std::uint64_t inside_quotes(std::uint64_t quotes, std::uint64_t before) {
  for (unsigned shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  return quotes ^ before;
}
/// All bits up to and with this one.
inline std::uint64_t up_to(unsigned bit) { return ~std::uint64_t{0} >> (63 - bit); }
/// How many bits are set. Not every processor this is built for has an instruction for it.
inline std::uint64_t bits_of(std::uint64_t word) {
  word -= word >> 1u & 0x5555555555555555u;
  word = (word & 0x3333333333333333u) + (word >> 2u & 0x3333333333333333u);
  word = (word + (word >> 4u)) & 0x0F0F0F0F0F0F0F0Fu;
  return word * 0x0101010101010101u >> 56u;
}
/// All ones where the last byte of a word is inside quotes.
inline std::uint64_t carry(std::uint64_t inside) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> 63);
}

}  // namespace seatlint::csv
