// SPDX-License-Identifier: Apache-2.0
// One person needs a product once in an org.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

bool is_duplicate(const SeatCase& seat) { return seat.duplicate_loser; }

std::string why_duplicate(const SeatCase& seat) {
  return fmt::format("the same person holds {} on account \"{}\", which was used more recently", seat.product.name,
                     seat.loses_to);
}

}  // namespace

extern const Rule duplicate_rule;
const Rule duplicate_rule{
    .name = "duplicate",
    .code = "SL303",
    .family = Family::overprovisioned,
    .severity = Severity::medium,
    .summary = "the same person holds the same product on another account that was used more recently",
    .description =
        R"(Two accounts of one org belong to one person (same e-mail, federation id or HR id; never the same name alone) and both
hold this product. The account with the latest human activity keeps it; an account that was never used loses; where both
were last used on the same day, the lower account id is kept.

Only seats that are neither free nor of an account that left or is locked out compete, so that never both are taken.

**False alarms:** an administrator's second account that must hold a license of its own. Make it class `admin` and give
it a `[[waiver]]`.)",
    .applies = is_duplicate,
    .why = why_duplicate,
};

}  // namespace seatlint
