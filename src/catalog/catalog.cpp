// SPDX-License-Identifier: Apache-2.0
// Finding products by whatever an export or a contract calls them.
#include "seatlint/catalog.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace seatlint {
namespace {

using Ids = std::vector<std::string>;

bool holds(const Ids& ids, std::string_view id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

/// For lists of which mostly all but the last few are sorted.
template <typename Item, typename Before = std::less<>>
void sort_again(std::vector<Item>& list, const Before& before = {}) {
  const auto added = std::is_sorted_until(list.begin(), list.end(), before);
  std::sort(added, list.end(), before);
  std::inplace_merge(list.begin(), added, list.end(), before);
}

void sort_unique(Ids& ids) {
  sort_again(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// Includes of `product` and of what it includes; a circle ends where it meets itself.
void collect_included(const Catalog& catalog, const Product& product, std::set<std::string>& seen) {
  for (const auto& id : product.includes) {
    if (!seen.insert(id).second) continue;
    if (const Product* included = catalog.find(id)) collect_included(catalog, *included, seen);
  }
}

void add_included(const Catalog& catalog, Product& product) {
  std::set<std::string> included;
  collect_included(catalog, product, included);
  const bool gives_sign_in = product.kind != ProductKind::attach && product.kind != ProductKind::addon;
  for (const auto& id : included) {
    const Product* other = id == product.id ? nullptr : catalog.find(id);
    if (!other) continue;
    for (const auto& feature : other->grants) {
      // An attach has the functions of the product it is cheaper than, but only its base lets anybody in.
      if (feature != sign_in_feature || gives_sign_in) product.grants.push_back(feature);
    }
    product.conditional.insert(product.conditional.end(), other->conditional.begin(), other->conditional.end());
  }
}

/// Before what includes the product looks at it: a trial of a base lets people in as the base does.
void add_sign_in(Product& product) {
  const bool lets_in = product.kind == ProductKind::base || product.kind == ProductKind::bundle;
  if (lets_in && !holds(product.grants, sign_in_feature)) product.grants.emplace_back(sign_in_feature);
}

void add_conditional(const Catalog& catalog, Product& product) {
  if (!product.grants_known) {
    Ids& list = product.conditional;
    const auto sorted = std::is_sorted_until(list.begin(), list.end()) - list.begin();
    for (const Feature& feature : catalog.features) {
      const bool own = feature.vendor == product.vendor || feature.vendor.empty();
      if (own && feature.id != sign_in_feature && !std::binary_search(list.begin(), list.begin() + sorted, feature.id))
        list.push_back(feature.id);
    }
  }
  sort_unique(product.grants);
  sort_unique(product.conditional);
  std::erase_if(product.conditional, [&](const std::string& id) { return holds(product.grants, id); });
}

/// Whether something may be missing in the lists of a product once complete: what it includes is new or changed.
bool includes_news(const Catalog& catalog, const Product& product) {
  if (product.includes.empty()) return false;
  std::set<std::string> included;
  collect_included(catalog, product, included);
  return std::any_of(included.begin(), included.end(), [&](const std::string& id) {
    const Product* other = catalog.find(id);
    return other != nullptr && !other->expanded;
  });
}

}  // namespace

std::string_view to_string(ProductKind kind) {
  switch (kind) {
    case ProductKind::base:
      return "base";
    case ProductKind::attach:
      return "attach";
    case ProductKind::addon:
      return "addon";
    case ProductKind::bundle:
      return "bundle";
    case ProductKind::free:
      return "free";
    case ProductKind::trial:
      return "trial";
  }
  return "base";
}

bool matches(const ActionPattern& pattern, std::string_view object, std::string_view verb) {
  if (!glob_match(pattern.object, object)) return false;
  if (pattern.verbs.empty()) return true;
  return std::any_of(pattern.verbs.begin(), pattern.verbs.end(),
                     [&](const std::string& each) { return glob_match(each, verb); });
}

const Product* Catalog::find(std::string_view id) const {
  const auto at = std::lower_bound(products.begin(), products.end(), id,
                                   [](const Product& product, std::string_view key) { return product.id < key; });
  return at != products.end() && at->id == id ? &*at : nullptr;
}

const Product* Catalog::resolve(std::string_view vendor, std::string_view text, bool any_vendor) const {
  const std::string name = normalize_name(text);
  if (const Product* product = find(name)) return product;
  const auto named = by_name_.find(name);
  if (named == by_name_.end()) {
    // Scripts write SKUs as "tenant:SKU".
    const auto colon = name.rfind(':');
    return colon == std::string::npos ? nullptr : resolve(vendor, std::string_view(name).substr(colon + 1), any_vendor);
  }
  for (const std::size_t at : named->second) {
    if (products[at].vendor == vendor) return &products[at];
  }
  return any_vendor && named->second.size() == 1 ? &products[named->second.front()] : nullptr;
}

std::vector<const Feature*> Catalog::features_of(std::string_view vendor, std::string_view id) const {
  std::vector<const Feature*> out;
  for (const Feature& feature : features) {
    if (feature.id == id && (feature.vendor.empty() || feature.vendor == vendor)) out.push_back(&feature);
  }
  std::stable_sort(out.begin(), out.end(), [](const Feature* a, const Feature* b) { return a->vendor > b->vendor; });
  return out;
}

std::optional<std::string> Catalog::suggest(std::string_view text) const {
  std::vector<std::string> names;
  for (const Product& product : products) names.push_back(product.id);
  if (auto id = nearest(text, names)) return id;
  names.clear();
  for (const Product& product : products) names.push_back(product.name);
  return nearest(text, names);
}

std::map<std::string, std::size_t> Catalog::count_features() const {
  std::map<std::string, std::size_t> counts;
  for (const Feature& feature : features) ++counts[feature.vendor];
  return counts;
}

void Catalog::index() {
  std::sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const bool has_sign_in = std::any_of(features.begin(), features.end(), [](const Feature& feature) {
    return feature.id == sign_in_feature && feature.vendor.empty();
  });
  if (!has_sign_in) {
    features.push_back({std::string(sign_in_feature), "", "Sign in", {{"session", {std::string(sign_in_feature)}}}});
  }
  sort_again(features,
             [](const Feature& a, const Feature& b) { return std::tie(a.id, a.vendor) < std::tie(b.id, b.vendor); });
  sort_again(products, [](const Product& a, const Product& b) { return a.id < b.id; });
  const auto expanded_features = std::exchange(expanded_features_, count_features());
  const auto grown = [&](const std::string& vendor) {
    const auto now = expanded_features_.find(vendor);
    if (now == expanded_features_.end()) return false;
    const auto known = expanded_features.find(vendor);
    return known == expanded_features.end() || known->second != now->second;
  };
  std::vector<Product*> changed;
  for (Product& product : products) {
    const bool lists_all = !product.grants_known && (grown(product.vendor) || grown(""));
    if (!product.expanded || lists_all || includes_news(*this, product)) changed.push_back(&product);
  }
  for (Product* product : changed) add_sign_in(*product);
  for (Product* product : changed) add_included(*this, *product);
  for (Product* product : changed) {
    add_conditional(*this, *product);
    product->expanded = true;
  }

  by_name_.clear();
  const auto name_it = [this](std::string_view name, std::size_t at) {
    if (name.empty()) return;
    auto& places = by_name_[normalize_name(name)];
    const auto same_vendor = std::find_if(
        places.begin(), places.end(), [&](std::size_t other) { return products[other].vendor == products[at].vendor; });
    if (same_vendor == places.end()) places.push_back(at);
  };
  // Where two products of a vendor share a name, the policy's own wins, then names beat the short form of the id.
  for (const bool from_policy : {true, false}) {
    for (std::size_t at = 0; at < products.size(); ++at) {
      if (products[at].from_policy != from_policy) continue;
      name_it(products[at].name, at);
      for (const auto& alias : products[at].aliases) name_it(alias, at);
    }
  }
  for (std::size_t at = 0; at < products.size(); ++at) {
    name_it(std::string_view(products[at].id).substr(products[at].vendor.size() + 1), at);
  }
}

}  // namespace seatlint
