// SPDX-License-Identifier: Apache-2.0
// Which records of several exports are one account.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "fleet/accounts.hpp"

namespace seatlint {

/// Nodes by account. Both lists must outlive it.
class AccountGroups {
 public:
  AccountGroups(const std::vector<SnapshotSeries>& series, std::vector<AccountNode>& nodes);

  std::size_t count() const { return starts_.empty() ? nodes_.size() : starts_.size() - 1; }
  void list(std::size_t group, std::vector<AccountNode*>& into) const {
    into.clear();
    if (starts_.empty()) return into.push_back(&nodes_[group]);
    for (std::size_t i = starts_[group]; i < starts_[group + 1]; ++i) into.push_back(&nodes_[members_[i].second]);
  }

 private:
  std::vector<AccountNode>& nodes_;
  std::vector<std::pair<std::size_t, std::size_t>> members_;  ///< set and node, sorted
  std::vector<std::size_t> starts_;                           ///< of each group among them; none: each node is one
};

}  // namespace seatlint
