// SPDX-License-Identifier: Apache-2.0
// See preamble.hpp. A line is only skipped where a regular table follows and the line can't be a part of it.
#include "csv/preamble.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace seatlint::csv {
namespace {

constexpr std::size_t most_titles = 40;

std::string_view first_line(std::string_view text) { return text.substr(0, text.find_first_of("\r\n")); }

struct Filled {
  std::size_t cells = 0, filled = 0;
  std::size_t wordless = 0;  // filled, but without a letter: a number, a date
  bool first = false;        // the first cell is filled
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// Good enough for titles and headers: quotes are looked through, not parsed.
Filled filled_cells(std::string_view row, const Dialect& d) {
  Filled result;
  bool inside = false, filled = false, word = false;
  for (std::size_t i = 0; i <= row.size(); ++i) {
    const bool end = i == row.size();
    if (!end && row[i] == d.quote && d.quote != '\0') {
      inside = !inside;
    } else if (end || (row[i] == d.delimiter && !inside)) {
      ++result.cells;
      if (filled) ++result.filled;
      if (filled && !word) ++result.wordless;
      if (result.cells == 1) result.first = filled;
      filled = word = false;
    } else if (row[i] != ' ') {
      filled = true;
      word = word || is_letter(row[i]);
    }
  }
  return result;
}

std::string_view row_of(const SurveyedRecord& record, std::string_view text) {
  return text.substr(record.begin, record.end - record.begin);
}

// Whether the few records behind `header` hold a number or date, unlike the header itself.
bool numbers_below(const Survey& s, std::size_t header, std::string_view text, const Dialect& dialect) {
  for (std::size_t i = header + 1; i < std::min(s.records.size(), header + 6); ++i)
    if (filled_cells(row_of(s.records[i], text), dialect).wordless > 0) return true;
  return false;
}

// `Title,,,`, perhaps `,,,`, then the header: spreadsheets pad titles to the table's width. One title right above the
// header could be a short header itself, unless the table is wide or only what follows has numbers.
std::size_t padded_titles(const Survey& s, const std::vector<std::size_t>& widths, std::string_view text,
                          const Dialect& dialect, std::size_t width) {
  bool empty_row = false;
  std::size_t titles = 0;
  for (std::size_t i = 0; i < std::min(s.records.size(), most_titles); ++i) {
    const Filled row = filled_cells(row_of(s.records[i], text), dialect);
    if (widths[i] != width) return 0;
    if (row.filled == 0) {
      empty_row = true;
    } else if (row.filled == 1 && row.first && row.wordless == 0) {
      ++titles;
    } else {
      const bool full = row.filled * 5 >= width * 4;
      if (titles == 0) return 0;
      if (empty_row && full) return i;
      if (row.wordless > 0 || row.filled < 3 || i + 1 >= s.records.size()) return 0;
      return titles > 1 || width >= 6 || (full && numbers_below(s, i, text, dialect)) ? i : 0;
    }
  }
  return 0;
}

std::size_t usual_width(const std::vector<std::size_t>& widths) {
  std::map<std::size_t, std::size_t> seen;
  for (const std::size_t width : widths) ++seen[width];
  std::size_t best = 0, width = 0;
  for (const auto& [columns, records] : seen)
    if (columns > 1 && records >= best) best = records, width = columns;
  return width;
}

bool is_comment(const SurveyedRecord& record, std::string_view text) { return text[record.begin] == '#'; }

bool is_title(const SurveyedRecord& record, std::size_t width, std::string_view text, std::size_t table, bool gap) {
  if (width == 1 || is_comment(record, text)) return true;
  return gap && width * 2 <= table;
}

// Names right above rows of nothing but numbers are the header, so that prose above them is a title, commas and all.
bool names_above_numbers(const Survey& s, std::size_t header, std::string_view text, const Dialect& dialect) {
  constexpr std::size_t looked_at = 5;
  const Filled names = filled_cells(row_of(s.records[header], text), dialect);
  if (names.filled < names.cells || names.wordless > 0 || s.records.size() <= header + looked_at) return false;
  for (std::size_t i = header + 1; i <= header + looked_at; ++i) {
    const Filled row = filled_cells(row_of(s.records[i], text), dialect);
    if (row.cells != names.cells || row.wordless < row.cells) return false;
  }
  return true;
}

bool is_prose(const SurveyedRecord& record, std::string_view text, const Dialect& dialect) {
  const std::string_view row = row_of(record, text);
  return row.substr(0, row.find(dialect.delimiter)).find(' ') != std::string_view::npos;
}

}  // namespace

Declared declared_lines(std::string_view text) {
  Declared declared;
  const std::string_view line = first_line(text);
  std::string_view inner = line;
  if (inner.size() >= 2 && inner.front() == '"' && inner.back() == '"') inner = inner.substr(1, inner.size() - 2);
  const bool sep =
      inner.size() == 5 && (inner.starts_with("sep=") || inner.starts_with("SEP=") || inner.starts_with("Sep="));
  if (sep) {
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

std::size_t title_records(const Survey& s, const std::vector<std::size_t>& widths, std::string_view text,
                          const Dialect& dialect) {
  const std::size_t table = usual_width(widths);
  if (table < 2 || widths.empty()) return 0;
  if (widths.front() == table) return table >= 3 ? padded_titles(s, widths, text, dialect, table) : 0;
  std::size_t first = 0, comments = 0;
  while (first < widths.size() && widths[first] != table) comments += is_comment(s.records[first++], text) ? 1u : 0u;
  if (first > most_titles || first == widths.size()) return 0;
  // Comment signs are evidence of their own: then a row or two below them will do.
  if (widths.size() - first < (comments < first ? 3u : table == 2 ? 2u : 1u)) return 0;
  const bool gap = s.records[first].blank_before > 0;
  const bool numbers = names_above_numbers(s, first, text, dialect);
  for (std::size_t i = 0; i < first; ++i)
    if (!is_title(s.records[i], widths[i], text, table, gap) && !(numbers && is_prose(s.records[i], text, dialect)))
      return 0;
  // Two columns are little evidence, so that a title needs a blank line, a comment sign or numbers as well.
  if (table == 2 && !gap && !numbers && comments == 0) return 0;
  const auto regular = std::count(widths.begin() + static_cast<std::ptrdiff_t>(first), widths.end(), table);
  if (static_cast<std::size_t>(regular) * 5 < (widths.size() - first) * 4) return 0;
  const Filled header = filled_cells(row_of(s.records[first], text), dialect);
  // Right below a line of one cell, a row with numbers is data, and the line may be a header written otherwise.
  if (!gap && comments == 0 && header.wordless > 0) return 0;
  return header.filled * 5 >= table * 4 ? first : 0;
}

}  // namespace seatlint::csv
