// SPDX-License-Identifier: Apache-2.0
// An attach or add-on left behind without its base.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_orphan(const SeatCase& seat) {
  const Product* known = seat.product.known;
  return known && (known->kind == ProductKind::attach || known->kind == ProductKind::addon) && !seat.holds_base;
}

std::string why_orphan(const SeatCase& seat) {
  std::string bases;
  for (const std::string& id : seat.product.known->requires_any) bases += (bases.empty() ? "" : " or ") + id;
  return fmt::format("{} needs {}, and the account holds no such product", seat.product.name,
                     bases.empty() ? "a base" : bases);
}

}  // namespace

extern const Rule orphan_rule;
const Rule orphan_rule{
    .name = "orphan",
    .code = "SL401",
    .family = Family::mistiered,
    .severity = Severity::medium,
    .summary = "an attach or add-on whose required base the account does not hold",
    .description =
        R"(The product needs one of several bases, and the account holds none of them: the base was taken away, or the attach was
bought alone. It does not work, or it is used against its terms. An attach or add-on whose catalog entry names no base
takes any product of its vendor that grants sign-in.

The money counts as used: what is needed is a base or a decision, not simply a removal.

**Settings:** `requires` of a `[[product]]`.)",
    .applies = is_orphan,
    .why = why_orphan,
};

}  // namespace seatlint
