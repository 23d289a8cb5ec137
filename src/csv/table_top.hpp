// SPDX-License-Identifier: Apache-2.0
// The top of a table as a reader's eye takes it in: which cells are filled, and with words or with numbers.
#pragma once

#include <string_view>
#include <vector>

#include "csv/survey.hpp"
#include "seatlint/csv.hpp"

namespace seatlint::csv {

/// What a cell holds; wordless: no letter, as in a number, a date or an amount of money.
enum class CellKind { empty, word, wordless };

struct Row {
  std::vector<CellKind> cells;
  std::size_t filled = 0, wordless = 0;
  bool full() const { return filled == cells.size(); }
  /// Words, in four cells of five.
  bool names() const { return wordless == 0 && filled * 5 >= cells.size() * 4; }
};

/// Good enough for titles and headers: quotes are looked through, not parsed.
Row row_of(std::string_view record, const Dialect& dialect);

/// A view of the records of a survey. `widths` holds their columns; all that is given must outlive it.
class Top {
 public:
  Top(const Survey& survey, const std::vector<std::size_t>& widths, std::string_view text, const Dialect& dialect)
      : survey_(survey), widths_(widths), text_(text), dialect_(dialect) {}

  std::size_t size() const { return survey_.records.size(); }
  std::size_t width(std::size_t i) const { return widths_[i]; }
  const std::vector<std::size_t>& widths() const { return widths_; }
  bool gap_before(std::size_t i) const { return i > 0 && survey_.records[i].blank_before > 0; }
  bool comment(std::size_t i) const { return text_[survey_.records[i].begin] == '#'; }
  bool prose(std::size_t i) const;
  std::string_view text(std::size_t i) const;
  Row row(std::size_t i) const { return row_of(text(i), dialect_); }

  /// Whether the few records behind `header` hold a number or date.
  bool numbers_below(std::size_t header) const;
  /// Names right above rows of nothing but numbers are the header, so that prose above them is a title, commas and all.
  bool names_above_numbers(std::size_t header) const;
  /// Whether some word of `header` stands above nothing but numbers or dates in the records from `data` on: then it is
  /// the name of that column.
  bool names_a_column_of_numbers(const Row& header, std::size_t data) const;

 private:
  const Survey& survey_;
  const std::vector<std::size_t>& widths_;
  std::string_view text_;
  const Dialect& dialect_;
};

}  // namespace seatlint::csv
