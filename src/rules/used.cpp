// SPDX-License-Identifier: Apache-2.0
// The rest: seats that do their work.
#include <fmt/core.h>

#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_used(const SeatCase& seat) { return seat.seat_index >= 0; }

std::string why_used(const SeatCase& seat) {
  const AccountClass account_class = seat.account.account_class;
  if (seat.human_days_in_window > 0) {
    return fmt::format("used on {} in the window, last on {}", days_text(seat.human_days_in_window),
                       to_string(*seat.last_human));
  }
  if (account_class != AccountClass::human)
    return fmt::format("accounts of class {} are not judged by use", to_string(account_class));
  if (seat.on_leave) return "on leave";
  return last_use_text(seat) + "; threshold " + setting_text(seat.idle_days);
}

}  // namespace

extern const Rule used_rule;
const Rule used_rule{
    .name = "used",
    .code = "SL106",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "everything else",
    .description =
        R"(None of the rules above applies. Accounts of class `integration`, `shared` and `external` end here after the first seven
rows, those of class `admin` after row 12.)",
    .applies = is_used,
    .why = why_used,
};

}  // namespace seatlint
