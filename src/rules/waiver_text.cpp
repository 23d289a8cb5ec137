// SPDX-License-Identifier: Apache-2.0
// Names a waiver by what it excepts and where it stands.
#include "rules/waiver_text.hpp"

#include <fmt/core.h>

#include "rules/findings.hpp"

namespace seatlint {

std::string waiver_text(const Fleet& fleet, const Waiver& waiver) {
  std::string subject;
  const auto add = [&](const std::string& key, const std::string& value) {
    subject += (subject.empty() ? "" : ", ") + key + "=" + value;
  };
  for (const auto& [key, globs] : waiver.match.keys) {
    for (const std::string& glob : globs) add(key, glob);
  }
  if (!waiver.product.empty()) add("product", waiver.product);
  if (!waiver.department.empty()) add("department", waiver.department);
  const std::string& path = fleet.policy->path;
  const std::string file = path.substr(path.rfind('/') + 1);
  return fmt::format("waiver of {} for {} ({}:{}; owner {}; {})", waiver.rule, subject, file, waiver.line, waiver.owner,
                     waiver.reason);
}

Finding waiver_finding(const Fleet& fleet, const Rule& rule, const Waiver& waiver) {
  Finding finding;
  finding.rule = rule.name;
  finding.code = rule.code;
  finding.family = rule.family;
  finding.severity = rule.severity;
  finding.evidence.push_back(policy_evidence(fleet, waiver.line, "[[waiver]] of " + waiver.rule));
  return finding;
}

}  // namespace seatlint
