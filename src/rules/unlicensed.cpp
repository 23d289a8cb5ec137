// SPDX-License-Identifier: Apache-2.0
// People at work in the CRM without any product that lets them in: an account-level finding, for no seat shows it.
#include <fmt/core.h>

#include <set>

#include "rules/activity.hpp"
#include "rules/findings.hpp"
#include "rules/judge.hpp"

namespace seatlint {
namespace {

/// Where no export tells who holds what, everybody would seem unlicensed.
std::set<std::pair<int, std::string_view>> known_assignments(const FleetIndex& index) {
  const Fleet& fleet = index.fleet();
  std::set<std::pair<int, std::string_view>> out;
  std::pair<int, std::string_view> last{-1, {}};  // accounts come sorted by org and vendor
  for (const Seat& seat : fleet.seats) {
    if (seat.assumed || !index.product(seat.product).sign_in) continue;
    const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
    const std::pair<int, std::string_view> source{account.org, account.vendor};
    if (source != last) out.insert(source);
    last = source;
  }
  return out;
}

bool holds_sign_in(const FleetIndex& index, const Account& account) {
  for (int at : account.seats) {
    if (index.product(index.fleet().seats[static_cast<std::size_t>(at)].product).sign_in) return true;
  }
  return false;
}

}  // namespace

void find_unlicensed(const FleetIndex& index, const WaiverBook& waivers, Judged& judged) {
  const Fleet& fleet = index.fleet();
  const Rule& rule = seat_rule(row_underlicensed);
  const auto known = known_assignments(index);
  for (const Account& account : fleet.accounts) {
    if (account.account_class != AccountClass::human || account.state != AccountState::active) continue;
    if (account.last_day && *account.last_day <= fleet.as_of) continue;
    if (holds_sign_in(index, account) || known.count({account.org, account.vendor}) == 0) continue;
    const auto last = last_human(fleet, account);
    if (!last || *last < fleet.window.first) continue;
    Finding finding = account_finding(fleet, rule, account);
    finding.last_activity = last;
    finding.why = fmt::format("active on {} but holds no product that grants sign-in", to_string(*last));
    cite_last_use(fleet, account, *last, finding);
    if (!waivers.empty()) finding.waived = waivers.find(rule, {&account, nullptr}, judged);
    judged.account_findings.push_back(std::move(finding));
  }
}

}  // namespace seatlint
