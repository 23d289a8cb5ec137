// SPDX-License-Identifier: Apache-2.0
// See preamble.hpp. A line is only skipped where a regular table follows and the line can't be a part of it.
#include "csv/preamble.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "csv/header_lines.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t most_titles = 40;

std::string_view first_line(std::string_view text) { return text.substr(0, text.find_first_of("\r\n")); }

// `Title,,,` or `Tenant,acme,,`: words in the first cell or two of a wider table.
bool is_padded_title(const Row& row) {
  if (row.cells.front() != CellKind::word || row.filled > 2) return false;
  return row.filled == 1 || (row.cells.size() >= 4 && row.cells[1] != CellKind::empty);
}

// `Title,,,`, perhaps `,,,`, then the header: spreadsheets pad titles to the table's width. One title right above the
// header could be a short header itself, unless the table is wide or only what follows has numbers.
std::size_t padded_titles(const Top& top, std::size_t width) {
  bool empty_row = false, pairs = false;
  std::size_t titles = 0;
  for (std::size_t i = 0; i < std::min(top.size(), most_titles); ++i) {
    const Row row = top.row(i);
    if (top.width(i) != width) return 0;
    empty_row = empty_row || row.filled == 0 || top.gap_before(i);
    if (row.filled == 0) continue;
    if (header_records(top, i) > 1) return i;
    if (is_padded_title(row) && row.wordless == 0 && (width > 2 || !row.full())) {
      ++titles;
      pairs = pairs || row.filled == 2;
      continue;
    }
    if (titles == 0) return empty_row && row.names() ? i : 0;
    // Two names may be all that a header has.
    if (pairs && (!row.full() || (!empty_row && titles < 2))) return 0;
    if (empty_row && row.names()) return i;
    if (row.wordless > 0 || row.filled < 3 || i + 1 >= top.size()) return 0;
    return titles > 1 || width >= 6 || (row.names() && top.numbers_below(i)) ? i : 0;
  }
  return 0;
}

// The width of the table: the usual one, unless that is the width of a few `key,value` lines above a wider table that
// reaches to the end.
std::size_t table_width(const std::vector<std::size_t>& widths) {
  constexpr std::size_t least_rows = 2, most_pairs = 12;
  std::map<std::size_t, std::size_t> seen;
  for (const std::size_t width : widths) ++seen[width];
  std::size_t best = 0, width = 0;
  for (const auto& [columns, records] : seen)
    if (columns > 1 && records >= best) best = records, width = columns;
  if (width != 2 || widths.back() < 4) return width;
  const auto last = std::find_if(widths.rbegin(), widths.rend(), [&](std::size_t w) { return w != widths.back(); });
  const auto rows = static_cast<std::size_t>(last - widths.rbegin());
  return rows >= least_rows && widths.size() - rows <= most_pairs ? widths.back() : width;
}

bool is_title(const Top& top, std::size_t i, std::size_t table, bool apart) {
  if (top.width(i) == 1 || top.comment(i)) return true;
  return apart && top.width(i) * 2 <= table;
}

}  // namespace

Declared declared_lines(std::string_view text) {
  Declared declared;
  const std::string_view line = first_line(text);
  std::string_view inner = line;
  if (inner.size() >= 2 && inner.front() == '"' && inner.back() == '"') inner = inner.substr(1, inner.size() - 2);
  const bool sep =
      inner.size() == 5 && (inner.starts_with("sep=") || inner.starts_with("SEP=") || inner.starts_with("Sep="));
  if (sep && inner[4] != '"') {
    declared.delimiter = inner[4];
    declared.reason =
        fmt::format("delimiter {}: declared by the sep= line", inner[4] == '\t' ? "tab" : printable(inner.substr(4)));
  } else if (line.starts_with("#TYPE ")) {
    declared.reason = "preamble: the #TYPE line of a PowerShell export skipped";
  } else {
    return declared;
  }
  declared.lines = 1;
  declared.bytes = bytes_of_lines(text, 1);
  return declared;
}

std::size_t bytes_of_lines(std::string_view text, std::uint64_t lines) {
  std::size_t i = 0;
  for (; lines > 0 && i < text.size(); --lines) {
    i = text.find_first_of("\r\n", i);
    if (i == std::string_view::npos) return text.size();
    i += text.substr(i).starts_with("\r\n") ? std::size_t{2} : std::size_t{1};
  }
  return i;
}

std::size_t title_records(const Top& top) {
  const std::vector<std::size_t>& widths = top.widths();
  if (widths.empty()) return 0;
  const std::size_t table = table_width(widths);
  if (table < 2) return 0;
  if (widths.front() == table) return padded_titles(top, table);
  std::size_t first = 0, comments = 0;
  while (first < widths.size() && widths[first] != table) comments += top.comment(first++) ? 1u : 0u;
  if (first > most_titles || first == widths.size()) return 0;
  // Comment signs are evidence of their own: then a row or two below them will do.
  if (widths.size() - first < (comments < first ? 3u : table == 2 ? 2u : 1u)) return 0;
  const bool gap = top.gap_before(first);
  const bool numbers = top.names_above_numbers(first);
  const Row header = top.row(first);
  // `key,value` right above a table of at least twice their cells, all of which are names.
  const bool apart = gap || (table >= 4 && header.full() && header.wordless == 0);
  for (std::size_t i = 0; i < first; ++i)
    if (!is_title(top, i, table, apart) && !(numbers && top.prose(i))) return 0;
  // Two columns are little evidence, so that a title needs a blank line, a comment sign or numbers as well.
  if (table == 2 && !gap && !numbers && comments == 0 &&
      !(top.prose(0) && top.names_a_column_of_numbers(header, first + 1)))
    return 0;
  const auto regular = std::count(widths.begin() + static_cast<std::ptrdiff_t>(first), widths.end(), table);
  if (static_cast<std::size_t>(regular) * 5 < (widths.size() - first) * 4) return 0;
  if (header_records(top, first) > 1) return first;
  // Right below a line of one cell, a row with numbers is data, and the line may be a header written otherwise.
  if (!gap && comments == 0 && header.wordless > 0) return 0;
  return header.filled * 5 >= table * 4 ? first : 0;
}

bool could_be_data(const Top& top, std::size_t records) {
  for (std::size_t i = 0; i < records; ++i)
    if (top.row(i).filled > 1) return true;
  return false;
}

}  // namespace seatlint::csv
