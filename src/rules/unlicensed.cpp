// SPDX-License-Identifier: Apache-2.0
// People at work in the CRM without any product that lets them in: an account-level finding, for no seat shows it.
#include <fmt/core.h>

#include <set>

#include "rules/activity.hpp"
#include "rules/findings.hpp"
#include "rules/judge.hpp"

namespace seatlint {
namespace {

bool holds_sign_in(const FleetIndex& index, const Account& account) {
  for (int at : account.seats) {
    if (index.product(index.fleet().seats[static_cast<std::size_t>(at)].product).sign_in) return true;
  }
  return false;
}

/// Vendors of which some product is known to grant sign-in: of the others nobody can tell what lets people in.
std::set<std::string_view> licensed_vendors(const FleetIndex& index) {
  const std::vector<FleetProduct>& products = index.fleet().products;
  std::set<std::string_view> vendors;
  for (std::size_t i = 0; i < products.size(); ++i)
    if (index.product(static_cast<int>(i)).sign_in) vendors.insert(products[i].vendor);
  return vendors;
}

}  // namespace

void find_unlicensed(const FleetIndex& index, const WaiverBook& waivers, Judged& judged) {
  const Fleet& fleet = index.fleet();
  const Rule& rule = seat_rule(row_underlicensed);
  const std::set<std::string_view> vendors = licensed_vendors(index);
  const auto lacks_license = [&](const Account& account) {
    if (account.account_class != AccountClass::human || account.state != AccountState::active) return false;
    if (account.hr().last_day && *account.hr().last_day <= fleet.as_of) return false;
    // Where no export tells who holds what, everybody would seem unlicensed.
    return account.licenses_told && vendors.count(account.vendor) > 0 && !holds_sign_in(index, account);
  };
  for (const std::size_t at : accounts_that(fleet, lacks_license)) {
    const Account& account = fleet.accounts[at];
    const auto last = last_human(fleet, account);
    if (!last || *last < fleet.window.first) continue;
    Finding finding = account_finding(fleet, rule, account);
    finding.last_activity = last;
    finding.why = fmt::format("active on {} but holds no product that grants sign-in", to_string(*last));
    finding.evidence.clear();  // nothing is proven yet when seats are judged: reports cite what they have read by then
    if (const int waiver = waivers.find(rule, {&account, nullptr}, judged); waiver >= 0)
      finding.waived = waived_by(fleet, waiver);
    judged.account_findings.push_back(std::move(finding));
  }
}

}  // namespace seatlint
