// SPDX-License-Identifier: Apache-2.0
// Text for terminals: cells that know their color, cutting and wrapping by display width, and tables that fit a width.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seatlint {

enum class Paint { plain, bold, dim, good, warn, bad, accent };

/// A piece of text and its color, kept apart so that widths are measured without escape codes.
struct Cell {
  std::string text;
  Paint paint = Paint::plain;
  bool sentence = false;  ///< in a table: cut at its end, whatever its column says
};
using Cells = std::vector<Cell>;

/// `text` in its color, or as it is.
std::string painted(const Cell& cell, bool color);

/// Both keep `text` where it fits into `width` columns and mark the cut with an ellipsis. The middle is cut where
/// the ending tells things apart (product names), the end where the beginning does (logins).
std::string shorten_middle(std::string_view text, int width);
std::string shorten_end(std::string_view text, int width);
/// Lines of at most `width` columns, broken at blanks; a word that is longer is broken where it must.
std::vector<std::string> wrapped(std::string_view text, int width);
/// A bar of `part` of `whole`, `width` columns long at most, in eighths of a column.
std::string bar(long long part, long long whole, int width);

struct Column {
  std::string head;
  enum class Align { left, right } align = Align::left;
  enum class Cut { never, middle, end } cut = Cut::never;
  int least = 8;  ///< a column that may be cut keeps this many columns
};

/// Rows whose columns are as wide as their content, or narrower where the whole would not fit.
class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// One cell a column; missing ones are empty. All text is made safe to print.
  void add(Cells cells);
  /// A line across all columns, between the rows.
  void add_line(Cell cell);
  bool empty() const { return rows_.empty(); }
  /// The lines of the table, header first where any column has one, none of them wider than `width`
  /// unless columns that may not be cut need more.
  std::vector<Cells> lines(int width, int indent, int gap = 2) const;

 private:
  struct Row {
    Cells cells;
    bool across = false;
  };
  std::vector<int> fitted(int width, int gap) const;
  Cells line_of(const Cells& cells, const std::vector<int>& widths, int indent, int gap) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace seatlint
