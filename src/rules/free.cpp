// SPDX-License-Identifier: Apache-2.0
// Seats that cost nothing: they are counted, and nobody is asked to give them back.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_free(const SeatCase& seat) {
  const Product* known = seat.product.known;
  return known && (known->kind == ProductKind::free || known->kind == ProductKind::trial);
}

std::string why_free(const SeatCase& seat) {
  return fmt::format("{} is {}", seat.product.name,
                     seat.product.known->kind == ProductKind::trial ? "a trial" : "free");
}

}  // namespace

extern const Rule free_rule;
const Rule free_rule{
    .name = "free",
    .code = "SL101",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "the product is free or a trial",
    .description =
        R"(The product's kind is `free` or `trial` in the catalog or the policy. Such a seat is never idle and never saves anything.

A trial held beside a paid product of the same family is noted (`trial beside PRODUCT`): the trial will run out, or the
paid seat was bought while somebody was still trying.

**Settings:** `kind` of a `[[product]]`.)",
    .applies = is_free,
    .why = why_free,
};

}  // namespace seatlint
