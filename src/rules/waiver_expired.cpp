// SPDX-License-Identifier: Apache-2.0
// An exception nobody renewed.
#include <fmt/core.h>

#include "rules/waiver_text.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule waiver_expired_rule;

namespace {

void find_waiver_expired(const Fleet& fleet, const Judged&, std::vector<Finding>& findings, std::vector<Doubt>&) {
  for (const Waiver& waiver : fleet.policy->waivers) {
    if (in_force(waiver, fleet.as_of)) continue;
    Finding finding = waiver_finding(fleet, waiver_expired_rule, waiver);
    finding.why = fmt::format("{} expired on {}", waiver_text(fleet, waiver), to_string(waiver.until));
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule waiver_expired_rule{
    .name = "waiver-expired",
    .code = "SL607",
    .family = Family::data,
    .severity = Severity::low,
    .summary = "a waiver's `until` lies before the audit date",
    .description =
        R"(The waiver no longer excepts anything. Renew it with a new `until` after a review, or delete it.)",
    .find = find_waiver_expired,
};

}  // namespace seatlint
