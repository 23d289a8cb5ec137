// SPDX-License-Identifier: Apache-2.0
// One pass over a sample that counts every possible delimiter of every record at once: the evidence on which
// dialect.cpp decides.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace seatlint::csv {

/// In order of preference where the evidence is equal.
constexpr std::string_view delimiters = ",;\t|:^`~ \x1F\x1E\x01";

struct SurveyedRecord {
  std::size_t begin = 0, end = 0;  ///< without its line end
  std::uint32_t line = 1;
  std::uint32_t blank_before = 0;
  std::array<std::uint16_t, delimiters.size()> counts{};
};

struct Survey {
  std::vector<SurveyedRecord> records;  ///< without blank lines
  std::size_t quoted = 0;               ///< fields that open and close with the quote
  std::size_t broken = 0;               ///< that open with it and never close properly
  std::size_t sheltering = 0;           ///< quoted fields that hold a delimiter or a line end
  std::size_t doubled = 0;              ///< quotes doubled inside
  std::size_t backslashed = 0;          ///< quotes after a backslash inside that would close the field wrongly
  std::size_t apostrophes = 0;          ///< single quotes inside single quotes, neither doubled nor escaped
  std::size_t lf = 0, crlf = 0, cr = 0;
};

Survey survey(std::string_view sample, bool complete, char quote);

}  // namespace seatlint::csv
