// SPDX-License-Identifier: Apache-2.0
// Findings as CSV (RFC 4180 quoting, UTF-8, without BOM unless asked for, lines end in LF) that no spreadsheet takes
// for a formula.
#include <ostream>

#include "report/cells.hpp"

namespace seatlint {
namespace {

/// Spreadsheets run a cell that starts with one of these; a leading apostrophe makes it text again.
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

void write_cell(std::ostream& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out << text;
    return;
  }
  out << '"';
  for (const char c : text) {
    if (c == '"') out << '"';
    out << c;
  }
  out << '"';
}

}  // namespace

void render_csv(const Report& report, const RenderOptions& options, std::ostream& out) {
  if (options.byte_order_mark) out << "\xef\xbb\xbf";
  const auto& columns = finding_columns();
  for (const FindingColumn& column : columns) out << (&column == &columns.front() ? "" : ",") << column.name;
  out << '\n';
  for (const Finding& finding : report.findings) {
    for (const FindingColumn& column : columns) {
      if (&column != &columns.front()) out << ',';
      std::string text = column.cell(report, finding);
      if (column.text && looks_like_formula(text)) text.insert(text.begin(), '\'');
      write_cell(out, options.terminal ? printable(text) : text);
    }
    out << '\n';
  }
}

}  // namespace seatlint
