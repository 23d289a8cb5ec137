// SPDX-License-Identifier: Apache-2.0
// Somebody who has left is still at work in the data.
#include <fmt/core.h>

#include <algorithm>

#include "rules/activity.hpp"
#include "rules/findings.hpp"
#include "rules/waivers.hpp"
#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule active_after_departure_rule;

namespace {

void find_active_after_departure(const Fleet& fleet, const Judged&, std::vector<Finding>& findings,
                                 std::vector<Doubt>&) {
  const auto has_left = [&](const Account& account) {
    return account.hr().last_day && *account.hr().last_day < fleet.as_of;
  };
  for (const std::size_t at : accounts_that(fleet, has_left)) {
    const Account& account = fleet.accounts[at];
    const auto last = last_seen(fleet, account);
    if (!last || *last <= *account.hr().last_day) continue;
    Finding finding = account_finding(fleet, active_after_departure_rule, account);
    finding.last_activity = last;
    finding.why = fmt::format("active on {}, {} after the last day {}", to_string(*last),
                              days_text(*last - *account.hr().last_day), to_string(*account.hr().last_day));
    const RecordPlace& left = account.hr().departure_evidence;
    cite(fleet, {left.file, left.line, "last day " + to_string(*account.hr().last_day)}, finding);
    cite_last_use(fleet, account, *last, finding);
    waive(fleet, active_after_departure_rule, {&account, nullptr}, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule active_after_departure_rule{
    .name = "active-after-departure",
    .code = "SL501",
    .family = Family::access,
    .severity = Severity::critical,
    .summary = "activity after the last day HR gives",
    .description =
        R"(HR gives a last day, and a log or the last-activity column shows the account at work after it, a program under its name
included. The person, a successor or an intruder uses the account.

**False alarms:** a wrong last day; somebody who came back and is still in the list; automatic jobs that run under the
account (they need an account of their own).)",
    .find = find_active_after_departure,
};

}  // namespace seatlint
