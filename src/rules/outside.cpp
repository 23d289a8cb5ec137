// SPDX-License-Identifier: Apache-2.0
// Seats nothing imported can speak about.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_outside(const SeatCase& seat) { return !seat.source_exists; }

std::string why_outside(const SeatCase& seat) {
  if (!seat.product.known) return fmt::format("{} is in no catalog or policy", seat.product.name);
  return fmt::format("nothing imported can show the use of {}", seat.product.name);
}

}  // namespace

extern const Rule outside_rule;
const Rule outside_rule{
    .name = "outside",
    .code = "SL102",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "the product is in no catalog or policy, or no imported source can show its use",
    .description =
        R"(An Office seat beside a CRM log, or a product nobody described. Such seats are listed once a product and stand in no
percentage and no saving: nothing is known about them.

**To judge them:** describe the product in a `[[product]]` of the policy, and import a log or a snapshot with a
last-activity column of its vendor.)",
    .applies = is_outside,
    .why = why_outside,
};

}  // namespace seatlint
