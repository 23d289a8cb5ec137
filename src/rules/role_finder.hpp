// SPDX-License-Identifier: Apache-2.0
// Which [[role]] of the policy an account has: the first that matches.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "rules/fleet_index.hpp"

namespace seatlint {

/// How an account presents itself to the policy's patterns.
Subject subject_of(const Account& account, std::string_view product = {});

class RoleFinder {
 public:
  explicit RoleFinder(const FleetIndex& index);
  /// Position in Policy::roles; -1: none.
  int find(const Account& account);
  bool lists(int role, int product) const;
  /// Features the role keeps, as far as products of the vendor grant them.
  FeatureSet keeps(int role, int vendor) const;

 private:
  const FleetIndex& index_;
  std::vector<std::vector<bool>> licenses_;  ///< role -> product
  std::vector<FeatureSet> keeps_;
  std::unordered_map<std::string, int> known_;
  bool personal_ = false;  ///< roles ask who somebody is: remembering would not pay
};

}  // namespace seatlint
