// SPDX-License-Identifier: Apache-2.0
// Where the fields and records of clean text end, as lists: who takes it apart need not ask a mask for each of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

/// What a strip of words adds to the lists is known at once; a record may go on in the next strip.
struct BorderIndex {
  static constexpr std::size_t most_kept = 256, strip_words = 32, strip_bytes = strip_words * 64, slack = 8;

  /// Offsets of delimiters and line ends outside of quotes. Room for those kept from before, then for a strip.
  std::array<std::uint32_t, most_kept + strip_bytes + slack> borders;
  std::size_t border_count = 0;
  /// For each record: how many borders there are up to and with its line end, and how many physical lines.
  std::array<std::uint32_t, strip_bytes + 1> ends, lines;
  std::size_t record_count = 0;
  std::uint32_t line_count = 0;
  std::uint64_t quoted = 0;  ///< all ones where the last byte is inside quotes
};

/// Adds the borders of `words` words, at most `strip_words`, of text that begins at `from` and ends at `end`: it must
/// be readable to the end of the last word.
void index_borders(const char* text, std::size_t from, std::size_t end, std::size_t words, const Dialect& dialect,
                   BorderIndex& index);

}  // namespace seatlint::csv
