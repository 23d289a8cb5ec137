// SPDX-License-Identifier: Apache-2.0
// Gathers for each seat of an account what the rules may look at.
#pragma once

#include <utility>
#include <vector>

#include "rules/activity.hpp"
#include "rules/rivals.hpp"
#include "rules/role_finder.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

class CaseBook {
 public:
  /// `duplicates` of the fleet (find_duplicates) must outlive the book, as the others must.
  CaseBook(const FleetIndex& index, RoleFinder& roles, const Losers& duplicates)
      : index_(index), roles_(roles), duplicates_(duplicates), activity_(index) {}
  /// The account's seats in their order, valid until the next call.
  std::vector<SeatCase>& cases(const Account& account);
  /// The same seat under another threshold.
  SeatCase with_idle_days(SeatCase seat, int days) const;

 private:
  const FleetIndex& index_;
  RoleFinder& roles_;
  const Losers& duplicates_;
  ActivityReader activity_;
  std::vector<SeatCase> cases_;
  std::vector<std::pair<int, Activity>> seen_;  ///< by scope: most accounts need one

  void weigh_evidence(SeatCase& seat, const ProvenDays& proven) const;
  void note_rivals(SeatCase& seat, const Losers& redundant) const;
};

}  // namespace seatlint
