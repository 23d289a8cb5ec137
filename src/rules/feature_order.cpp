// SPDX-License-Identifier: Apache-2.0
// Compares features by the products that grant them.
#include "rules/feature_order.hpp"

namespace seatlint {

FeatureOrder::FeatureOrder(const FleetIndex& index, int vendor) {
  const Fleet& fleet = index.fleet();
  const std::size_t features = fleet.features.size();
  // brings[a]: what every product that grants a grants; plainly, and with what is granted under a condition.
  std::vector<FeatureSet> brings(features, FeatureSet{}.set());
  for (const int product : index.products_of(vendor)) {
    const FleetProduct& facts = fleet.products[static_cast<std::size_t>(product)];
    const FeatureSet all = facts.grants | facts.conditional;
    for (std::size_t f = all._Find_first(); f < features; f = all._Find_next(f)) {
      brings[f] &= all;
      if (facts.grants.test(f)) brings[f] &= facts.grants;
    }
  }
  for (std::size_t f = 0; f < features; ++f) {
    FeatureSet settled;
    for (std::size_t g = 0; g < features; ++g)
      if (g != f && brings[f].test(g) && (f < g || !brings[g].test(f))) settled.set(g);
    settled_.push_back(settled);
  }
}

FeatureSet FeatureOrder::decisive(const FeatureSet& needed) const {
  FeatureSet settled;
  for (std::size_t f = needed._Find_first(); f < settled_.size(); f = needed._Find_next(f)) settled |= settled_[f];
  return needed & ~settled;
}

}  // namespace seatlint
