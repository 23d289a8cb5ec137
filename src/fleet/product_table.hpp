// SPDX-License-Identifier: Apache-2.0
// Products as exports, contracts and lookups name them, resolved once each; and the features of a fleet as bits.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "seatlint/fleet.hpp"

namespace seatlint {

/// A product on its way into the fleet: its id, and what the catalog knows of it.
struct ResolvedProduct {
  std::string id;
  const Product* known = nullptr;
};

class ProductTable {
 public:
  explicit ProductTable(const Catalog& catalog) : catalog_(catalog) {}

  /// `vendor` is the export's: its own names first, then a name that only one product of any vendor has.
  const ResolvedProduct& resolve(const std::string& vendor, const std::string& text);

 private:
  const Catalog& catalog_;
  std::unordered_map<std::string, ResolvedProduct> cache_;
  std::map<std::string, std::string> unknown_;  ///< folded name -> the spelling first met
};

/// Numbers the features of `fleet.products` and of what the catalog recognizes for `vendors`; fills
/// fleet.features and each product's grants. Throws Error when there are more than a FeatureSet holds.
void number_features(Fleet& fleet, const std::vector<std::string>& vendors);

/// What the catalog and the policy recognize in one action.
FeatureSet features_of(const Fleet& fleet, const FleetAction& action);

}  // namespace seatlint
