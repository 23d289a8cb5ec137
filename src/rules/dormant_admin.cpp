// SPDX-License-Identifier: Apache-2.0
// Administrator rights nobody exercises are only a risk.
#include <fmt/core.h>

#include <algorithm>

#include "base/day_ranges.hpp"
#include "rules/activity.hpp"
#include "rules/admin_rights.hpp"
#include "rules/findings.hpp"
#include "rules/fleet_index.hpp"
#include "rules/seat_facts.hpp"
#include "rules/waivers.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule dormant_admin_rule;

namespace {

bool has_admin_rights(const Account& account) {
  return account.account_class == AccountClass::admin || !admin_rights(account).empty();
}

bool is_proven(const Fleet& fleet, const Account& account, DayRange days) {
  DayRanges shown, doubted;
  for (const CoverageSpan& span : fleet.coverage) {
    if (span.org == account.org && span.vendor == account.vendor)
      shown.insert(shown.end(), span.login.begin(), span.login.end());
  }
  if (const auto column = column_span(fleet, account)) shown.push_back(*column);
  for (const Suspicion& suspicion : fleet.suspicions) {
    const bool matters =
        (suspicion.rule == "row-cap" || suspicion.rule == "feed-stopped") && is_about_log(fleet, suspicion);
    if (matters && suspicion.org == account.org && suspicion.vendor == account.vendor)
      doubted.push_back(suspicion.days);
  }
  return without({days}, without(united(std::move(shown)), united(std::move(doubted)))).empty();
}

void find_dormant_admin(const Fleet& fleet, const Judged&, std::vector<Finding>& findings, std::vector<Doubt>&) {
  const auto is_admin = [&](const Account& account) {
    return account.state == AccountState::active && has_admin_rights(account) && !is_on_leave(fleet, account);
  };
  for (const std::size_t at : accounts_that(fleet, is_admin)) {
    const Account& account = fleet.accounts[at];
    const Setting idle = for_share(fleet.policy->idle_days_for({}, account.account_class), account.hr().share);
    const Day limit = fleet.as_of - idle.value;
    if (std::max(account.created, account.more().reactivated) > limit) continue;
    const auto last = last_seen(fleet, account);
    if ((last && *last > limit) || !is_proven(fleet, account, {limit + 1, fleet.as_of})) continue;
    Finding finding = account_finding(fleet, dormant_admin_rule, account);
    finding.last_activity = last;
    const std::string says = last ? fmt::format("last activity {}, {} days before {}", to_string(*last),
                                                fleet.as_of - *last, to_string(fleet.as_of))
                                  : std::string("no activity in anything imported");
    finding.why = fmt::format("administrator rights, but {}; threshold {} ({})", says, idle.value, idle.origin);
    if (last) cite_last_use(fleet, account, *last, finding);
    waive(fleet, dormant_admin_rule, {&account, nullptr}, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule dormant_admin_rule{
    .name = "dormant-admin",
    .code = "SL502",
    .family = Family::access,
    .severity = Severity::high,
    .summary = "administrator rights, but no activity for the idle days",
    .description =
        R"(The account can sign in, holds administrator rights (class `admin`, or a role or profile with *admin* or *administrator*
in its name), and shows no activity at all in the idle days, which evidence spans. People on leave are left out, and so
are accounts created or reactivated within these days.

**False alarms:** break-glass accounts, rarely used by design. Make them class `admin` with a longer threshold, or give
them a `[[waiver]]`.

**Settings:** `idle_days` in `[audit]` and `[audit.class.NAME]`.)",
    .find = find_dormant_admin,
};

}  // namespace seatlint
