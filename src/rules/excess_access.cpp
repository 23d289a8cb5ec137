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

bool is_excess(const std::vector<Reserve>& reserves, const std::string& right, const Account& account) {
  bool reserved = false;
  for (const Reserve& reserve : reserves) {
    if (!glob_match(reserve.role, right)) continue;
    if (reserve.match(subject_of(account))) return false;
    reserved = true;
  }
  return reserved;
}

void find(const Fleet& fleet, const Judged&, std::vector<Finding>& findings, std::vector<Doubt>&) {
  const auto& reserves = fleet.policy->reserves;
  if (reserves.empty()) return;
  for (const Account& account : fleet.accounts) {
    if (account.state == AccountState::deleted) continue;
    std::vector<std::string> rights = account.roles;
    if (!account.profile_name.empty()) rights.push_back(account.profile_name);
    std::vector<std::string> excess;
    for (const std::string& right : rights) {
      if (is_excess(reserves, right, account)) excess.push_back(right);
    }
    if (excess.empty()) continue;
    Finding finding = account_finding(fleet, excess_access_rule, account);
    std::string list;
    for (const std::string& right : excess) list += (list.empty() ? "" : ", ") + right;
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
    .find = find,
};

}  // namespace seatlint
