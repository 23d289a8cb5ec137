// SPDX-License-Identifier: Apache-2.0
#include "csv/header_lines.hpp"

#include <algorithm>

namespace seatlint::csv {
namespace {

constexpr std::size_t most_lines = 6;

// Whether some column has a cell in `line` that `names` lacks.
bool names_more(const Row& names, const Row& line) {
  for (std::size_t k = 0; k < line.cells.size(); ++k)
    if (names.cells[k] == CellKind::empty && line.cells[k] != CellKind::empty) return true;
  return false;
}

Row both(Row names, const Row& line) {
  for (std::size_t k = 0; k < line.cells.size(); ++k)
    if (names.cells[k] == CellKind::empty && line.cells[k] != CellKind::empty) {
      names.cells[k] = line.cells[k];
      ++names.filled;
    }
  return names;
}

bool blank(const std::string& cell) { return cell.find_first_not_of(" \t\r\n") == std::string::npos; }

// Whether a line below `line` has a name in column `k`.
bool named_below(const std::vector<std::vector<std::string>>& lines, std::size_t line, std::size_t k) {
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(line) + 1, lines.end(),
                     [&](const std::vector<std::string>& cells) { return k < cells.size() && !blank(cells[k]); });
}

}  // namespace

std::size_t header_records(const Top& top, std::size_t first) {
  Row names = top.row(first);
  // A lone cell is a title, and a line that begins with a number is none of names.
  if (names.filled < 2 || names.full() || names.cells.front() == CellKind::wordless) return 1;
  std::size_t lines = 1;
  bool evident = false;
  for (std::size_t i = first + 1; i < std::min(top.size(), first + most_lines) && top.width(i) == top.width(first);
       ++i) {
    const Row line = top.row(i);
    if (line.filled == 0) continue;
    // Quotes that break the grammar may make a line look as wide as it is not.
    if (line.wordless > 0 || line.cells.size() != names.cells.size()) break;
    const bool under_names = line.cells.front() == CellKind::empty || names.cells.front() == CellKind::empty;
    if (names.full() ? !under_names || line.filled * 2 > line.cells.size() : !names_more(names, line)) break;
    if (!under_names && !line.full()) break;
    evident = evident || top.names_a_column_of_numbers(line, i + 1);
    names = both(std::move(names), line);
    lines = i - first + 1;
  }
  return evident ? lines : 1;
}

std::vector<std::string> joined_header(const std::vector<std::vector<std::string>>& lines) {
  std::size_t columns = 0;
  for (const auto& cells : lines) columns = std::max(columns, cells.size());
  std::vector<std::string> names(columns);
  std::vector<bool> new_group(columns, false);  // where a line above begins another group
  for (std::size_t line = 0; line < lines.size(); ++line) {
    std::string head;
    for (std::size_t k = 0; k < std::min(columns, lines[line].size()); ++k) {
      const std::string& own = lines[line][k];
      if (!blank(own)) {
        head = own;
      } else if (new_group[k] || !named_below(lines, line, k)) {
        head.clear();
      }
      if (!blank(own)) new_group[k] = true;
      if (head.empty()) continue;
      if (!names[k].empty()) names[k] += ' ';
      names[k] += head;
    }
  }
  return names;
}

}  // namespace seatlint::csv
