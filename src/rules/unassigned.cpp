// SPDX-License-Identifier: Apache-2.0
// Seats bought and on the shelf.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule unassigned_rule;

namespace {

void find_unassigned(const Fleet& fleet, const Judged& judged, std::vector<Finding>& findings, std::vector<Doubt>&) {
  for (const Position& position : judged.positions) {
    if (!bought_per_user(fleet, position.product)) continue;
    if (!position.purchased || *position.purchased <= position.assigned) continue;
    Finding finding = product_finding(fleet, unassigned_rule, position.org, position.product);
    finding.why = fmt::format("{} purchased, {} assigned", *position.purchased, position.assigned);
    if (position.unassigned.size() == 1) {
      const auto& [currency, minor] = *position.unassigned.begin();
      finding.cost = finding.saving = Money{minor, currency};
    } else if (!position.unassigned.empty()) {
      for (const auto& [currency, minor] : position.unassigned)
        finding.notes.push_back("unassigned: " + to_string(Money{minor, currency}));
    }
    waive(fleet, unassigned_rule, {nullptr, &fleet.products[static_cast<std::size_t>(position.product)]}, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule unassigned_rule{
    .name = "unassigned",
    .code = "SL306",
    .family = Family::overprovisioned,
    .severity = Severity::low,
    .summary = "more seats are purchased than assigned",
    .description =
        R"(The valid contract lines of a product add up to more seats than are assigned. Used seats fill the dearest lines first, so
what is left on the shelf is the cheapest part of the contract.

**False alarms:** a reserve kept for people about to start. Give the product a `[[waiver]]`.

**Settings:** `[[contract]]`; `max_unassigned` in `[budget]`.)",
    .find = find_unassigned,
};

}  // namespace seatlint
