// SPDX-License-Identifier: Apache-2.0
// An exception from nothing.
#include <fmt/core.h>

#include <map>
#include <set>

#include "rules/waiver_text.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule waiver_unused_rule;

namespace {

/// Waivers that except findings about accounts and products: these are made anew, for only their text is kept.
std::set<int> used_by_fleet_rules(const Fleet& fleet, const Judged& judged) {
  const WaiverBook book(fleet);
  std::map<std::pair<std::string, std::string_view>, const Account*> accounts;
  for (const Account& account : fleet.accounts)
    accounts[{fleet.orgs[static_cast<std::size_t>(account.org)].name, account.key}] = &account;
  std::set<int> used;
  for (const Rule* rule : rules()) {
    if (!rule->find || rule->family == Family::data) continue;
    std::vector<Finding> findings;
    std::vector<Doubt> doubts;
    rule->find(fleet, judged, findings, doubts);
    for (const Finding& finding : findings) {
      if (!finding.waived) continue;
      Account stranger;
      stranger.identity.id = stranger.identity.login = stranger.identity.email = finding.account;
      const auto found = accounts.find({finding.org, finding.account});
      const Account* account = finding.account.empty() ? nullptr : found == accounts.end() ? &stranger : found->second;
      const int product = fleet.product_index(finding.product);
      const auto matching =
          book.matching(*rule, {account, product < 0 ? nullptr : &fleet.products[static_cast<std::size_t>(product)]});
      used.insert(matching.begin(), matching.end());
    }
  }
  return used;
}

void find_waiver_unused(const Fleet& fleet, const Judged& judged, std::vector<Finding>& findings, std::vector<Doubt>&) {
  const auto& waivers = fleet.policy->waivers;
  std::set<int> unused;
  for (int at = 0; at < static_cast<int>(waivers.size()); ++at) {
    if (in_force(waivers[static_cast<std::size_t>(at)], fleet.as_of) && !judged.waivers_used.count(at))
      unused.insert(at);
  }
  if (unused.empty()) return;
  const std::set<int> elsewhere = used_by_fleet_rules(fleet, judged);
  for (int at : unused) {
    if (elsewhere.count(at)) continue;
    const Waiver& waiver = waivers[static_cast<std::size_t>(at)];
    Finding finding = waiver_finding(fleet, waiver_unused_rule, waiver);
    finding.why = fmt::format("{} excepts nothing", waiver_text(fleet, waiver));
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule waiver_unused_rule{
    .name = "waiver-unused",
    .code = "SL608",
    .family = Family::data,
    .severity = Severity::low,
    .summary = "a waiver in force excepts no finding",
    .description =
        R"(No finding of this audit is excepted by the waiver: the matter is settled, or its pattern matches nobody any more.)",
    .find = find_waiver_unused,
};

}  // namespace seatlint
