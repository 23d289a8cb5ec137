// SPDX-License-Identifier: Apache-2.0
// Resolving product names and numbering features.
#include "fleet/product_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace seatlint {

const ResolvedProduct& ProductTable::resolve(const std::string& vendor, const std::string& text) {
  const std::string key = vendor + '\x1f' + text;
  const auto at = cache_.find(key);
  if (at != cache_.end()) return at->second;
  ResolvedProduct resolved;
  resolved.known = catalog_.resolve(vendor, text, true);
  // Two exports spell an unknown product differently ("MICROSOFT 365 E3"): it is one all the same.
  resolved.id = resolved.known != nullptr ? resolved.known->id
                                          : unknown_.try_emplace(normalize_name(text), trim(text)).first->second;
  return cache_.emplace(key, std::move(resolved)).first->second;
}

bool ProductTable::cut_into_known(const std::string& vendor, std::string_view text,
                                  std::vector<std::string>& ids) const {
  constexpr std::string_view separators = "+,;|";
  for (std::size_t end = text.size(); end != std::string_view::npos && end > 0;
       end = text.find_last_of(separators, end - 1)) {
    const Product* known = catalog_.resolve(vendor, trim(text.substr(0, end)), true);
    if (known == nullptr) continue;
    ids.push_back(known->id);
    if (end == text.size() || cut_into_known(vendor, text.substr(end + 1), ids)) return true;
    ids.pop_back();
  }
  return false;
}

const std::vector<std::string>& ProductTable::resolve_list(const std::string& vendor, const std::string& text) {
  const auto [at, fresh] = lists_.try_emplace(vendor + '\x1f' + text);
  if (!fresh) return at->second;
  const ResolvedProduct& whole = resolve(vendor, text);
  if (whole.known != nullptr || !cut_into_known(vendor, text, at->second)) at->second.assign(1, whole.id);
  return at->second;
}

const std::vector<int>& ProductTable::numbers(const std::string& vendor, const std::string& text) {
  Names& names = names_[vendor];
  const auto at = static_cast<std::size_t>(names.texts.add(text));
  if (at == names.products.size()) {
    names.products.emplace_back();
    for (const std::string& id : resolve_list(vendor, text)) names.products[at].push_back(number(id));
  }
  return names.products[at];
}

int ProductTable::number(std::string_view id) {
  const int number = ids_.add(id);
  if (static_cast<std::size_t>(number) == known_.size()) known_.push_back(catalog_.find(id));
  return number;
}

void number_features(Fleet& fleet, const std::vector<std::string>& vendors) {
  std::set<std::string> ids;
  for (const FleetProduct& product : fleet.products) {
    if (product.known == nullptr) continue;
    ids.insert(product.known->grants.begin(), product.known->grants.end());
    ids.insert(product.known->conditional.begin(), product.known->conditional.end());
  }
  for (const Feature& feature : fleet.catalog->features)
    if (feature.vendor.empty() || std::binary_search(vendors.begin(), vendors.end(), feature.vendor))
      ids.insert(feature.id);
  for (const Role& role : fleet.policy->roles) ids.insert(role.keep.begin(), role.keep.end());
  ids.erase(std::string(sign_in_feature));
  fleet.features.assign(1, std::string(sign_in_feature));
  fleet.features.insert(fleet.features.end(), ids.begin(), ids.end());
  if (fleet.features.size() > FeatureSet{}.size())
    throw Error(fmt::format("catalogs and policy name {} features for this fleet; at most {} can be judged",
                            fleet.features.size(), FeatureSet{}.size()));
  for (FleetProduct& product : fleet.products) {
    if (product.known == nullptr) continue;
    for (const std::string& id : product.known->grants)
      product.grants.set(static_cast<std::size_t>(fleet.feature_bit(id)));
    for (const std::string& id : product.known->conditional)
      product.conditional.set(static_cast<std::size_t>(fleet.feature_bit(id)));
    if (product.known->kind == ProductKind::base || product.known->kind == ProductKind::bundle) product.grants.set(0);
  }
}

FeatureSet features_of(const Fleet& fleet, const FleetAction& action) {
  FeatureSet features;
  if (action.sign_in) features.set(0);
  for (const Feature& feature : fleet.catalog->features) {
    if (!feature.vendor.empty() && feature.vendor != action.vendor) continue;
    const int bit = fleet.feature_bit(feature.id);
    if (bit < 0 || features.test(static_cast<std::size_t>(bit))) continue;
    const auto matches = [&](const ActionPattern& pattern) {
      if (!glob_match(pattern.object, action.object)) return false;
      return pattern.verbs.empty() ||
             std::any_of(pattern.verbs.begin(), pattern.verbs.end(),
                         [&](const std::string& verb) { return glob_match(verb, action.verb); });
    };
    if (std::any_of(feature.match.begin(), feature.match.end(), matches)) features.set(static_cast<std::size_t>(bit));
  }
  return features;
}

}  // namespace seatlint
