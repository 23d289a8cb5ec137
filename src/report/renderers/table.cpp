// SPDX-License-Identifier: Apache-2.0
// The screen people see first: totals, then where they come from, then whom to look at, then what to do.
#include "report/screen.hpp"

namespace seatlint {

void render_table(const Report& report, const RenderOptions& options, std::ostream& out) {
  Screen screen(out, options);
  show_sources(screen, report);
  show_headline(screen, report);
  show_money(screen, report);
  show_licenses(screen, report);
  show_verdicts(screen, report);
  show_findings(screen, report, options.group_by);
  show_borderline(screen, report);
  show_doubts(screen, report);
  show_next(screen, report);
}

}  // namespace seatlint
