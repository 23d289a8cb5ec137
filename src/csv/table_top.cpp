// SPDX-License-Identifier: Apache-2.0
#include "csv/table_top.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace seatlint::csv {
namespace {

constexpr std::string_view pound = "\xC2\xA3", euro = "\xE2\x82\xAC";

}  // namespace

Row row_of(std::string_view record, const Dialect& d) {
  Row row;
  bool inside = false, filled = false, word = false;
  for (std::size_t i = 0; i <= record.size(); ++i) {
    const bool end = i == record.size();
    if (!end && record[i] == d.quote && d.quote != '\0') {
      inside = !inside;
    } else if (end || (record[i] == d.delimiter && !inside)) {
      row.cells.push_back(!filled ? CellKind::empty : word ? CellKind::word : CellKind::wordless);
      row.filled += filled ? 1u : 0u;
      row.wordless += filled && !word ? 1u : 0u;
      filled = word = false;
    } else if (record.substr(i, pound.size()) == pound || record.substr(i, euro.size()) == euro) {
      filled = true;
      i += (record[i] == pound.front() ? pound : euro).size() - 1;
    } else if (record[i] != ' ') {
      filled = true;
      word = word || is_letter_byte(record[i]);
    }
  }
  return row;
}

std::string_view Top::text(std::size_t i) const {
  return text_.substr(survey_.records[i].begin, survey_.records[i].end - survey_.records[i].begin);
}

bool Top::prose(std::size_t i) const {
  return text(i).substr(0, text(i).find(dialect_.delimiter)).find(' ') != std::string_view::npos;
}

bool Top::numbers_below(std::size_t header) const {
  for (std::size_t i = header + 1; i < std::min(size(), header + 6); ++i)
    if (row(i).wordless > 0) return true;
  return false;
}

bool Top::names_above_numbers(std::size_t header) const {
  constexpr std::size_t looked_at = 5;
  const Row names = row(header);
  if (!names.full() || names.wordless > 0 || size() <= header + looked_at) return false;
  for (std::size_t i = header + 1; i <= header + looked_at; ++i) {
    const Row below = row(i);
    if (below.cells.size() != names.cells.size() || below.wordless < below.cells.size()) return false;
  }
  return true;
}

bool Top::names_a_column_of_numbers(const Row& header, std::size_t data) const {
  constexpr std::size_t looked_at = 10, least = 2;
  std::vector<std::size_t> words(header.cells.size()), numbers(header.cells.size());
  for (std::size_t i = data; i < std::min(size(), data + looked_at); ++i) {
    const Row below = row(i);
    for (std::size_t k = 0; k < std::min(header.cells.size(), below.cells.size()); ++k) {
      words[k] += below.cells[k] == CellKind::word ? 1u : 0u;
      numbers[k] += below.cells[k] == CellKind::wordless ? 1u : 0u;
    }
  }
  for (std::size_t k = 0; k < header.cells.size(); ++k)
    if (header.cells[k] == CellKind::word && words[k] == 0 && numbers[k] >= least) return true;
  return false;
}

}  // namespace seatlint::csv
