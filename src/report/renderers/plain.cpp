// SPDX-License-Identifier: Apache-2.0
// Findings as tab-separated lines under a header line: for grep, cut, awk and sort. No color, no alignment.
#include <ostream>

#include "report/cells.hpp"

namespace seatlint {

void render_plain(const Report& report, const RenderOptions&, std::ostream& out) {
  const auto& columns = finding_columns();
  for (const FindingColumn& column : columns) out << (&column == &columns.front() ? "" : "\t") << column.name;
  out << '\n';
  for (const Finding& finding : report.findings) {
    // printable() also turns tabs and line ends inside a value into \x09 and \x0a: one finding stays one line.
    for (const FindingColumn& column : columns)
      out << (&column == &columns.front() ? "" : "\t") << printable(column.cell(report, finding));
    out << '\n';
  }
}

}  // namespace seatlint
