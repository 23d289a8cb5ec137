// SPDX-License-Identifier: Apache-2.0
// What may stand above a table: lines that declare something (`sep=;`, `#TYPE ...`) and titles.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "csv/table_top.hpp"
#include "seatlint/csv.hpp"

namespace seatlint::csv {

struct Declared {
  std::size_t bytes = 0;
  std::uint64_t lines = 0;
  std::optional<char> delimiter;
  std::string reason;
};

/// The first line where it is `sep=X` (a spreadsheet's hint, obeyed) or `#TYPE ...` (PowerShell's Export-Csv).
Declared declared_lines(std::string_view text);
/// Bytes of the first `lines` physical lines, line ends included.
std::size_t bytes_of_lines(std::string_view text, std::uint64_t lines);
/// How many records stand above the table; 0 unless the evidence is clear.
std::size_t title_records(const Top& top);
/// Whether one of the first `records` has more than one cell with something in it, so that it may be more than a title.
bool could_be_data(const Top& top, std::size_t records);

}  // namespace seatlint::csv
