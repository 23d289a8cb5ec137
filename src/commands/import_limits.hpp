// SPDX-License-Identifier: Apache-2.0
// What `import` may be told about periods, sizes and delimiters, as values. Each throws Error naming the option and
// what it wants.
#pragma once

#include <cstddef>
#include <string>

#include "seatlint/base.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

struct RejectLimit {
  std::uint64_t number = 0;
  bool percent = false;
  bool allows(const RowCounts& rows) const {
    return percent ? rows.rejected * 100 <= number * rows.read : rows.rejected <= number;
  }
};

/// `--max-rejects`: a number of rows, or a percentage of those read.
RejectLimit parse_limit(std::string text);
/// `--covers FIRST..LAST`.
DayRange parse_period(const std::string& text);
/// `--memory`: bytes, from `256M`, `1G` or `65536K`; at least 16 MiB.
std::size_t parse_memory(const std::string& text);

/// `;`, `tab`, `\t`, `comma`, `semicolon`, `pipe` or any single character.
char parse_delimiter(const std::string& text);

}  // namespace seatlint
