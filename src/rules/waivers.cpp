// SPDX-License-Identifier: Apache-2.0
// Matches findings with the waivers in force on the audit date.
#include "rules/waivers.hpp"

#include "rules/role_finder.hpp"

namespace seatlint {
namespace {

bool concerns_product(const Waiver& waiver, const FleetProduct* product) {
  if (waiver.product.empty()) return true;
  if (!product) return false;
  return glob_match(waiver.product, product->id) || glob_match(waiver.product, product->name);
}

bool concerns(const Waiver& waiver, const WaiverSubject& subject) {
  if (!concerns_product(waiver, subject.product)) return false;
  if (!waiver.department.empty() && (!subject.account || !glob_match(waiver.department, subject.account->department)))
    return false;
  if (waiver.match.empty()) return !waiver.product.empty() || !waiver.department.empty();
  static const Account nobody;
  return waiver.match(subject_of(subject.account ? *subject.account : nobody,
                                 subject.product ? subject.product->id : std::string_view{}));
}

/// Verdicts that ask nobody to do anything need no exception; `low-use` is a hint and may have one.
bool can_be_waived(const Rule& rule) { return rule.family != Family::none || rule.name == "low-use"; }

}  // namespace

std::shared_ptr<const WaivedBy> waived_by(const Fleet& fleet, int waiver) {
  const Waiver& by = fleet.policy->waivers[static_cast<std::size_t>(waiver)];
  return std::make_shared<const WaivedBy>(WaivedBy{by.until, by.reason, by.owner});
}

bool in_force(const Waiver& waiver, Day day) { return day <= waiver.until; }

bool names(const Waiver& waiver, const Rule& rule) {
  return waiver.rule == "*" || waiver.rule == rule.name || waiver.rule == to_string(rule.family);
}

WaiverBook::WaiverBook(const Fleet& fleet) : fleet_(fleet) {
  for (std::size_t i = 0; i < fleet.policy->waivers.size(); ++i) {
    if (in_force(fleet.policy->waivers[i], fleet.as_of)) active_.push_back(static_cast<int>(i));
  }
}

std::vector<int> WaiverBook::matching(const Rule& rule, const WaiverSubject& subject) const {
  std::vector<int> out;
  if (!can_be_waived(rule)) return out;
  for (int at : active_) {
    const Waiver& waiver = fleet_.policy->waivers[static_cast<std::size_t>(at)];
    if (names(waiver, rule) && concerns(waiver, subject)) out.push_back(at);
  }
  return out;
}

int WaiverBook::find(const Rule& rule, const WaiverSubject& subject, Judged& judged) const {
  const std::vector<int> found = matching(rule, subject);
  if (found.empty()) return -1;
  judged.waivers_used.insert(found.begin(), found.end());
  for (std::size_t i = 1; i < found.size(); ++i) judged.waiver_overlaps.emplace(found[0], found[i]);
  return found.front();
}

void waive(const Fleet& fleet, const Rule& rule, const WaiverSubject& subject, Finding& finding) {
  if (fleet.policy->waivers.empty()) return;
  const std::vector<int> found = WaiverBook(fleet).matching(rule, subject);
  if (!found.empty()) finding.waived = waived_by(fleet, found.front());
}

}  // namespace seatlint
