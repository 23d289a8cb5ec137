// SPDX-License-Identifier: Apache-2.0
// A log whose names join nobody.
#include <fmt/core.h>

#include <map>

#include "rules/findings.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule unmatched_identities_rule;

namespace {

void find_unmatched_identities(const Fleet& fleet, const Judged&, std::vector<Finding>&, std::vector<Doubt>& doubts) {
  if (fleet.concealed > 0 && !fleet.orgs.empty()) {
    doubts.push_back(doubt_about(
        fleet, unmatched_identities_rule, 0,
        fmt::format("{} names of an export are concealed (hashed) and can never join an account", fleet.concealed),
        "the same reports with concealed names switched off"));
  }
  std::map<std::pair<int, std::string>, std::pair<int, int>> actors;  // unmatched, matched
  for (const UnknownActor& actor : fleet.unknown_actors) ++actors[{actor.org, actor.vendor}].first;
  if (actors.empty()) return;
  Uses unpacked;
  for (const Account& account : fleet.accounts) {
    const std::span<const Use> uses = unpacked.of(fleet, account);
    if (uses.empty()) continue;
    const std::string& vendor = fleet.actions[static_cast<std::size_t>(uses.front().action)].vendor;
    if (const auto found = actors.find({account.org, vendor}); found != actors.end()) ++found->second.second;
  }
  for (const auto& [source, count] : actors) {
    const auto& [unmatched, matched] = count;
    if (unmatched * 5 <= unmatched + matched) continue;
    doubts.push_back(
        doubt_about(fleet, unmatched_identities_rule, source.first,
                    fmt::format("{}: {} of {} identities in the log match no account", source.second, unmatched,
                                unmatched + matched),
                    fmt::format("{} users export of the same tenant, or the log with names shown", source.second)));
  }
}

}  // namespace

const Rule unmatched_identities_rule{
    .name = "unmatched-identities",
    .code = "SL606",
    .family = Family::data,
    .severity = Severity::medium,
    .summary = "many identities of a log match no account",
    .description =
        R"(More than a fifth of the identities in a vendor's log join no account, because the users export is of another tenant or
leaves people out; or an export hides names (hashes them). Their activity counts for nobody; accounts that seem idle may
be among them.

**What to do:** in Microsoft 365 switch off concealed names in reports, export users and log from the same tenant, and
state `alias_domains` in the policy where one mailbox is written with several domains.)",
    .find = find_unmatched_identities,
};

}  // namespace seatlint
