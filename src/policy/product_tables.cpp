// SPDX-License-Identifier: Apache-2.0
// [[product]] and [[feature]] of the policy: corrections to the catalog, and products of one's own.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/product_table.hpp"
#include "policy/policy_reading.hpp"

namespace seatlint {
namespace {

Product new_product(PolicyReading& reading, TomlTable& table, const std::string& id) {
  Product product;
  product.id = id;
  product.vendor = id.substr(0, id.find('.'));
  product.name = id;
  if (!table.has("name")) {
    // Without a name it was rather meant as a correction.
    std::vector<std::string> ids;
    for (const Product& each : reading.catalog.products) ids.push_back(each.id);
    const auto near = nearest(id, ids);
    if (near) {
      reading.warn(table.line(), fmt::format("[[product]] \"{}\" is new; did you mean to correct \"{}\"?", id, *near));
    }
  }
  return product;
}

void expect_references(PolicyReading& reading, const Product& product, std::uint32_t line,
                       const std::vector<std::string>& given) {
  for (const auto* list :
       {&product.requires_any, &product.excludes, &product.not_in_environment_with, &product.includes}) {
    for (const auto& id : *list) {
      if (std::find(given.begin(), given.end(), id) == given.end()) reading.expect_product(line, id, "[[product]]");
    }
  }
  for (const auto* list : {&product.grants, &product.conditional}) {
    for (const auto& id : *list) reading.expect_feature(line, id, "[[product]] grants");
  }
}

/// A vendor without a catalog of its own recognizes what its products grant as the generic catalog does; only that, so
/// that nobody is called underlicensed for a feature the policy never spoke of.
void borrow_features(Catalog& catalog, const std::vector<Product>& added) {
  std::vector<Feature> borrowed;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Product& product : added) {
    for (const auto* list : {&product.grants, &product.conditional}) {
      for (const auto& id : *list) {
        if (!catalog.features_of(product.vendor, id).empty() || !seen.emplace(product.vendor, id).second) continue;
        for (const Feature* feature : catalog.features_of("generic", id)) {
          borrowed.push_back(*feature);
          borrowed.back().vendor = product.vendor;
        }
      }
    }
  }
  catalog.features.insert(catalog.features.end(), borrowed.begin(), borrowed.end());
}

}  // namespace

void read_features(PolicyReading& reading, TomlTable& root) {
  auto& features = reading.catalog.features;
  for (TomlTable& table : root.tables("feature")) {
    table.require("id");
    Feature feature;
    feature.id = table.text("id").value_or("");
    feature.vendor = table.text("vendor").value_or("");
    if (table.has("id") && feature.id.empty()) table.error("id", "id cannot be empty");
    const auto same = std::find_if(features.begin(), features.end(), [&](const Feature& each) {
      return each.id == feature.id && each.vendor == feature.vendor;
    });
    if (same != features.end()) {
      read_feature(table, *same, {});
      continue;
    }
    feature.name = feature.id;
    read_feature(table, feature, {});
    features.push_back(std::move(feature));
  }
}

void read_products(PolicyReading& reading, TomlTable& root) {
  Catalog& catalog = reading.catalog;
  std::vector<Product> added;
  std::vector<std::pair<Product, std::uint32_t>> written;
  std::map<std::string, std::uint32_t> lines;
  for (TomlTable& table : root.tables("product")) {
    table.require("id");
    const std::string id = table.text("id").value_or("");
    if (table.has("id") && !is_product_id(id)) {
      table.error("id", fmt::format("\"{}\" is no product id; write vendor.product in lower case", printable(id)));
    }
    if (const auto [first, fresh] = lines.emplace(id, table.line()); !fresh && !id.empty()) {
      table.error("id", fmt::format("[[product]] \"{}\" stands on line {}, too", printable(id), first->second));
    }
    const auto known = std::find_if(catalog.products.begin(), catalog.products.end(),
                                    [&](const Product& each) { return each.id == id; });
    Product product = known != catalog.products.end() ? *known : new_product(reading, table, id);
    product.from_policy = true;
    product.expanded = false;
    product.origin = reading.origin(table.line());
    read_product(table, product, reading.policy.currency);
    written.emplace_back(product, table.line());
    if (known != catalog.products.end()) {
      *known = std::move(product);
    } else {
      added.push_back(std::move(product));
    }
  }
  if (written.empty() && !root.has("feature")) return;
  borrow_features(catalog, added);
  catalog.products.insert(catalog.products.end(), added.begin(), added.end());
  std::erase_if(catalog.products, [](const Product& product) { return !is_product_id(product.id); });
  catalog.index();
  for (const auto& [product, line] : written) expect_references(reading, product, line, {product.id});
}

}  // namespace seatlint
