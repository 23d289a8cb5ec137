// SPDX-License-Identifier: Apache-2.0
// How far a text is clean: whole records in which every quote opens, doubles or closes a field, every line ends in
// LF or CRLF, and nothing has to be guessed at. Such records mean the same to every reader.
#pragma once

#include <cstdint>
#include <string_view>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

struct CleanRun {
  std::size_t end = 0;      ///< behind the last clean record
  std::uint64_t lines = 0;  ///< physical lines up to there
  bool stopped = false;     ///< by something that is not clean, in the record at `end`
  std::size_t at = 0;       ///< then: where that stands
};

/// Whether records of this dialect can be clean at all.
bool can_be_clean(const Dialect& dialect);

/// `text` begins where a record does.
CleanRun clean_run(std::string_view text, const Dialect& dialect);

}  // namespace seatlint::csv
