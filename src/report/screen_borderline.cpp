// SPDX-License-Identifier: Apache-2.0
// Close calls: whom a slightly different threshold would judge differently. Nobody should lose a seat by a day unseen.
#include <algorithm>

#include "report/amounts.hpp"
#include "report/screen.hpp"

namespace seatlint {

void show_borderline(Screen& screen, const Report& report) {
  if (report.borderline.empty()) return;
  constexpr std::size_t shown = 5;
  screen.heading("Close calls", "another verdict with a threshold a few days off");
  TextTable table({{"user", Column::Align::left, Column::Cut::middle, 12},
                   {"product", Column::Align::left, Column::Cut::middle, 12},
                   {"verdict"},
                   {"becomes"},
                   {"with"},
                   {"last use"}});
  const ProductNames names(report, true);
  for (std::size_t i = 0; i < std::min(shown, report.borderline.size()); ++i) {
    const BorderlineSeat& seat = report.borderline[i];
    table.add({{seat.user.empty() ? seat.account : seat.user},
               {names(seat.product_name)},
               {seat.verdict},
               {seat.becomes},
               {seat.setting + " = " + std::to_string(seat.flips_at)},
               {seat.last_activity ? to_string(*seat.last_activity) : "none seen", Paint::dim}});
  }
  screen.table(table);
  if (report.borderline.size() > shown)
    screen.line({{"  … and " + grouped(static_cast<std::int64_t>(report.borderline.size() - shown)) +
                      " more, under `borderline` in: ",
                  Paint::plain},
                 {"seatlint audit -o json", Paint::accent}});
}

}  // namespace seatlint
