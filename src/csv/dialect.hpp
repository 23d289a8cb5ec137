// SPDX-License-Identifier: Apache-2.0
// Finds out how a CSV is written from one linear pass over a bounded sample of its decoded text.
#pragma once

#include <string_view>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

struct DialectGuess {
  Dialect dialect;
  std::size_t columns = 0;
  std::string line_end = "lf";
  std::uint64_t preamble_lines = 0;
  std::size_t preamble_bytes = 0;
  bool preamble_doubtful = false;
  std::size_t header_records = 1;
  std::vector<std::string> reasons;
};

/// `complete` says that the sample is all there is; otherwise its last record counts for nothing.
/// What `options` states is obeyed and not guessed. Plain RFC 4180 always comes out as such.
DialectGuess guess_dialect(std::string_view sample, bool complete, const Options& options);

}  // namespace seatlint::csv
