// SPDX-License-Identifier: Apache-2.0
// One catalog file: [catalog] says what it is and what its products share, [verbs] names verb lists, then
// [[feature]] and [[product]].
#include <fmt/core.h>

#include <algorithm>

#include "catalog/product_table.hpp"
#include "catalog/toml_reader.hpp"
#include "seatlint/catalog.hpp"

namespace seatlint {
namespace {

/// What [catalog] and [defaults] say about every product of the file.
struct FileHead {
  CatalogSource source;
  std::string vendor, currency;
  Product defaults;
};

FileHead read_head(TomlTable& root) {
  FileHead head;
  root.require("catalog");
  auto table = root.table("catalog");
  if (!table) return head;
  for (const auto* key : {"id", "as_of", "source"}) table->require(key);
  head.source.id = table->text("id").value_or("");
  head.source.as_of = table->day("as_of").value_or(Day{});
  head.source.source = table->text("source").value_or("");
  head.source.note = table->text("note").value_or("");
  head.vendor = table->text("vendor").value_or(head.source.id);
  head.currency = table->text("currency").value_or("");
  table->finish();
  if (auto defaults = root.table("defaults")) read_product(*defaults, head.defaults, head.currency);
  return head;
}

/// A list may name those written above it.
VerbSets read_verbs(TomlTable& root) {
  VerbSets sets;
  auto table = root.table("verbs");
  if (!table) return sets;
  for (const auto& name : table->keys()) {
    const auto verbs = table->texts(name);
    if (verbs) sets[name] = expand_verbs(*table, name, *verbs, sets);
  }
  return sets;
}

void add_feature(TomlTable& table, const FileHead& head, const VerbSets& verbs, Catalog& catalog) {
  Feature feature;
  table.require("id");
  feature.id = table.text("id").value_or("");
  feature.vendor = table.text("vendor").value_or(head.vendor);
  read_feature(table, feature, verbs);
  const bool twice = std::any_of(catalog.features.begin(), catalog.features.end(), [&](const Feature& each) {
    return each.id == feature.id && each.vendor == feature.vendor;
  });
  if (twice) return table.error("id", fmt::format("feature \"{}\" is defined twice", printable(feature.id)));
  if (feature.name.empty()) feature.name = feature.id;
  catalog.features.push_back(std::move(feature));
}

void add_product(TomlTable& table, const FileHead& head, Catalog& catalog) {
  Product product = head.defaults;
  table.require("id");
  product.id = table.text("id").value_or("");
  const bool sound = is_product_id(product.id) && product.id.starts_with(head.vendor + ".");
  if (!sound && !product.id.empty()) {
    table.error("id",
                fmt::format("\"{}\" must be \"{}.\" and a name in lower case", printable(product.id), head.vendor));
  }
  product.vendor = head.vendor;
  product.origin = fmt::format("catalog {}, {}", head.source.id, to_string(head.source.as_of));
  read_product(table, product, head.currency);
  if (product.name.empty()) product.name = product.id;
  const bool twice = std::any_of(catalog.products.begin(), catalog.products.end(),
                                 [&](const Product& each) { return each.id == product.id; });
  if (twice) return table.error("id", fmt::format("product \"{}\" is defined twice", printable(product.id)));
  catalog.products.push_back(std::move(product));
}

}  // namespace

void add_catalog(Catalog& catalog, std::string_view toml, const std::string& origin) {
  const TomlValue value = parse_toml(toml, origin);
  TomlErrors errors(origin);
  TomlTable root(value, "", errors);
  const FileHead head = read_head(root);
  const VerbSets verbs = read_verbs(root);
  for (TomlTable& table : root.tables("feature")) add_feature(table, head, verbs, catalog);
  for (TomlTable& table : root.tables("product")) add_product(table, head, catalog);
  root.finish();
  errors.throw_if_any();
  catalog.sources.push_back(head.source);
}

}  // namespace seatlint
