// SPDX-License-Identifier: Apache-2.0
// Products as exports, contracts and lookups name them, resolved once each; and the features of a fleet as bits.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/numbered_texts.hpp"
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
  /// The ids a cell names: several where it is one name to nobody, but can be cut at `+ , ; |` into known ones only,
  /// the longest first ("Sales, Field Service and Customer Service" stays whole where it is known).
  const std::vector<std::string>& resolve_list(const std::string& vendor, const std::string& text);

  /// The same as numbers, which stand for the ids and last as long as this table.
  const std::vector<int>& numbers(const std::string& vendor, const std::string& text);
  int number(std::string_view id);
  std::string_view id(int number) const { return ids_.text(number); }
  const Product* known(int number) const { return known_[static_cast<std::size_t>(number)]; }

 private:
  /// The names that exports of one vendor use.
  struct Names {
    NumberedTexts texts;
    std::vector<std::vector<int>> products;  ///< by number of the text
  };

  bool cut_into_known(const std::string& vendor, std::string_view text, std::vector<std::string>& ids) const;

  const Catalog& catalog_;
  std::unordered_map<std::string, std::vector<std::string>> lists_;
  std::unordered_map<std::string, ResolvedProduct> cache_;
  std::map<std::string, std::string> unknown_;  ///< folded name -> the spelling first met
  std::map<std::string, Names> names_;          ///< by vendor
  NumberedTexts ids_;
  std::vector<const Product*> known_;  ///< by number of the id
};

/// Numbers the features of `fleet.products` and of what the catalog recognizes for `vendors`; fills
/// fleet.features and each product's grants. Throws Error when there are more than a FeatureSet holds.
void number_features(Fleet& fleet, const std::vector<std::string>& vendors);

/// What the catalog and the policy recognize in one action.
FeatureSet features_of(const Fleet& fleet, const FleetAction& action);

}  // namespace seatlint
