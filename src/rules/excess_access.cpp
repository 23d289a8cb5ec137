// SPDX-License-Identifier: Apache-2.0
// Rights the policy keeps for others.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "rules/role_finder.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule excess_access_rule;

namespace {

/// The first [[reserve]] that keeps this right for others; nullptr: none does, or the account may have it.
const Reserve* broken_by(const std::vector<Reserve>& reserves, std::string_view right, const Account& account) {
  const Reserve* first = nullptr;
  for (const Reserve& reserve : reserves) {
    if (!glob_match(reserve.role, right)) continue;
    if (reserve.match(subject_of(account))) return nullptr;
    if (first == nullptr) first = &reserve;
  }
  return first;
}

void find_excess_access(const Fleet& fleet, const Judged&, std::vector<Finding>& findings, std::vector<Doubt>&) {
  const auto& reserves = fleet.policy->reserves;
  if (reserves.empty()) return;
  for (const Account& account : fleet.accounts) {
    if (account.state == AccountState::deleted) continue;
    std::vector<std::string_view> rights(account.more().roles.begin(), account.more().roles.end());
    if (!account.more().profile_name.empty()) rights.push_back(account.more().profile_name);
    std::string list;
    std::vector<EvidenceLine> broken;
    for (const std::string_view right : rights) {
      const Reserve* reserve = broken_by(reserves, right, account);
      if (reserve == nullptr) continue;
      list.append(list.empty() ? "" : ", ").append(right);
      broken.push_back(policy_evidence(fleet, reserve->line, "[[reserve]] of " + reserve->role));
    }
    if (broken.empty()) continue;
    Finding finding = account_finding(fleet, excess_access_rule, account);
    finding.evidence.insert(finding.evidence.end(), broken.begin(), broken.end());
    finding.why = fmt::format("holds {}, which the policy reserves to others", list);
    waive(fleet, excess_access_rule, {&account, nullptr}, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule excess_access_rule{
    .name = "excess-access",
    .code = "SL504",
    .family = Family::access,
    .severity = Severity::medium,
    .summary = "a role or permission the policy reserves to others",
    .description =
        R"(A `[[reserve]]` of the policy says who may hold a role, permission or profile, and this account holds it without matching.
Where several entries name the same role, one match is enough. Deleted accounts are left out.

**Settings:** `[[reserve]]`.)",
    .find = find_excess_access,
};

}  // namespace seatlint
