// SPDX-License-Identifier: Apache-2.0
// Reviewed exceptions: which waiver of the policy excepts a finding.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "seatlint/rules.hpp"

namespace seatlint {

/// What a waiver may be about; an account or a product may be missing.
struct WaiverSubject {
  const Account* account = nullptr;
  const FleetProduct* product = nullptr;
};

class WaiverBook {
 public:
  explicit WaiverBook(const Fleet& fleet);
  /// The first waiver in force on the audit date that excepts this (index into Policy::waivers; -1: none); `judged`
  /// remembers it and its overlaps.
  int find(const Rule& rule, const WaiverSubject& subject, Judged& judged) const;
  /// Every waiver in force that excepts this, by position in the policy.
  std::vector<int> matching(const Rule& rule, const WaiverSubject& subject) const;
  bool empty() const { return active_.empty(); }

 private:
  const Fleet& fleet_;
  std::vector<int> active_;
};

/// What a finding says of it.
std::shared_ptr<const WaivedBy> waived_by(const Fleet& fleet, int waiver);
bool in_force(const Waiver& waiver, Day day);
/// Whether the waiver names this rule, its family or everything.
bool names(const Waiver& waiver, const Rule& rule);
/// Sets `waived` of findings that fleet rules make, looking up their account and product.
void waive(const Fleet& fleet, const Rule& rule, const WaiverSubject& subject, Finding& finding);

}  // namespace seatlint
