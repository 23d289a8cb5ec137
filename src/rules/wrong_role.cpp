// SPDX-License-Identifier: Apache-2.0
// A product the person's role does not list.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_wrong_role(const SeatCase& seat) { return seat.role && !seat.role_lists_product; }

std::string why_wrong_role(const SeatCase& seat) {
  std::string licenses;
  for (const std::string& id : seat.role->license) licenses += (licenses.empty() ? "" : ", ") + id;
  return fmt::format("role {} lists {}, not {}", seat.role->name, licenses, seat.product.id);
}

}  // namespace

extern const Rule wrong_role_rule;
const Rule wrong_role_rule{
    .name = "wrong-role",
    .code = "SL405",
    .family = Family::mistiered,
    .severity = Severity::low,
    .summary = "the first matching role does not list this product",
    .description =
        R"(The first `[[role]]` that matches the account names the licenses people of this role should hold, and this product is not
among them. A role without `license` lists nothing and is not asked.

**Settings:** `[[role]]`; its `name` or number is shown with each finding.)",
    .applies = is_wrong_role,
    .why = why_wrong_role,
};

}  // namespace seatlint
