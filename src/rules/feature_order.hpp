// SPDX-License-Identifier: Apache-2.0
// Which needs decide about a tier: where every product that grants A grants B as well, needing A settles B.
#pragma once

#include <vector>

#include "rules/fleet_index.hpp"

namespace seatlint {

/// For the products of one vendor.
class FeatureOrder {
 public:
  FeatureOrder(const FleetIndex& index, int vendor);
  /// The part of `needed` that brings along the rest of it, with any choice of the vendor's products, conditions met or
  /// not. The same for all needs that no product can tell apart.
  FeatureSet decisive(const FeatureSet& needed) const;

 private:
  std::vector<FeatureSet> settled_;  ///< by feature: what needing it settles
};

}  // namespace seatlint
