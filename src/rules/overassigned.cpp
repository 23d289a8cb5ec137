// SPDX-License-Identifier: Apache-2.0
// More seats in use than bought: what an audit by the vendor would find.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule overassigned_rule;

namespace {

void find_overassigned(const Fleet& fleet, const Judged& judged, std::vector<Finding>& findings, std::vector<Doubt>&) {
  for (const Position& position : judged.positions) {
    if (!bought_per_user(fleet, position.product)) continue;
    if (!position.purchased || position.assigned <= *position.purchased) continue;
    Finding finding = product_finding(fleet, overassigned_rule, position.org, position.product);
    const std::int64_t missing = position.assigned - *position.purchased;
    finding.why =
        fmt::format("{} assigned, {} purchased: {} to true up", position.assigned, *position.purchased, missing);
    if (const auto price = unit_price(fleet, position.org, position.product).money)
      finding.cost = Money{price->minor * missing, price->currency};
    waive(fleet, overassigned_rule, {nullptr, &fleet.products[static_cast<std::size_t>(position.product)]}, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule overassigned_rule{
    .name = "overassigned",
    .code = "SL406",
    .family = Family::mistiered,
    .severity = Severity::high,
    .summary = "more seats are assigned than purchased",
    .description =
        R"(More seats are assigned than the valid contract lines add up to. That is the exposure of the next true-up: the missing
seats are priced at the dearest valid line.

**False alarms:** a contract line that is missing in the policy, or that ended and was renewed under other terms.

**Settings:** `[[contract]]`.)",
    .find = find_overassigned,
};

}  // namespace seatlint
