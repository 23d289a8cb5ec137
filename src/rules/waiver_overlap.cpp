// SPDX-License-Identifier: Apache-2.0
// Two exceptions for the same thing.
#include <fmt/core.h>

#include "rules/waiver_text.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule waiver_overlap_rule;

namespace {

void find_waiver_overlap(const Fleet& fleet, const Judged& judged, std::vector<Finding>& findings,
                         std::vector<Doubt>&) {
  const auto& waivers = fleet.policy->waivers;
  for (const auto& [first, second] : judged.waiver_overlaps) {
    Finding finding = waiver_finding(fleet, waiver_overlap_rule, waivers[static_cast<std::size_t>(second)]);
    finding.why =
        fmt::format("{} excepts what {} excepts already", waiver_text(fleet, waivers[static_cast<std::size_t>(second)]),
                    waiver_text(fleet, waivers[static_cast<std::size_t>(first)]));
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule waiver_overlap_rule{
    .name = "waiver-overlap",
    .code = "SL609",
    .family = Family::data,
    .severity = Severity::low,
    .summary = "two waivers in force except the same finding",
    .description =
        R"(Both waivers except the same finding: when one expires the other still hides it. Keep one. The first in the policy is the
one that reports name.)",
    .find = find_waiver_overlap,
};

}  // namespace seatlint
