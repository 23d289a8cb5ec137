// SPDX-License-Identifier: Apache-2.0
// What the keys of [[product]] and [[feature]] mean.
#include "catalog/product_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace seatlint {
namespace {

constexpr std::array<ProductKind, 6> all_kinds{ProductKind::base,   ProductKind::attach, ProductKind::addon,
                                               ProductKind::bundle, ProductKind::free,   ProductKind::trial};
constexpr std::array<AccountState, 4> all_states{AccountState::active, AccountState::disabled, AccountState::frozen,
                                                 AccountState::deleted};
constexpr std::array<AccountClass, 5> all_classes{AccountClass::human, AccountClass::integration, AccountClass::admin,
                                                  AccountClass::shared, AccountClass::external};

template <typename Enum, std::size_t N>
void read_enums(TomlTable& table, std::string_view key, const std::array<Enum, N>& all, std::vector<Enum>& out) {
  const auto words = table.texts(key);
  if (!words) return;
  std::vector<std::string> names;
  for (const Enum each : all) names.emplace_back(to_string(each));
  out.clear();
  for (const auto& word : *words) {
    const auto found = std::find(names.begin(), names.end(), word);
    if (found != names.end()) {
      out.push_back(all[static_cast<std::size_t>(found - names.begin())]);
      continue;
    }
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
    table.error(key, fmt::format("{} cannot hold \"{}\": it is of {}{}", key, printable(word), list,
                                 did_you_mean(word, names)));
  }
}

void read_texts(TomlTable& table, std::string_view key, std::vector<std::string>& out) {
  if (auto got = table.texts(key)) out = std::move(*got);
}

void set_price(Product& product, ListPrice price) {
  const auto same = std::find_if(product.list_prices.begin(), product.list_prices.end(),
                                 [&](const ListPrice& each) { return each.money.currency == price.money.currency; });
  if (same == product.list_prices.end()) {
    product.list_prices.push_back(std::move(price));
  } else {
    *same = std::move(price);
  }
}

void read_prices(TomlTable& table, Product& product, std::string_view currency) {
  const auto money = table.money("list_price", currency);
  const auto as_of = table.day("price_as_of");
  const auto source = table.text("price_source");
  if (money) set_price(product, {*money, as_of, source.value_or("")});
  if (!money && !table.has("list_price") && (as_of || source)) {
    table.error(as_of ? "price_as_of" : "price_source", "price_as_of and price_source need a list_price");
  }
  for (TomlTable& each : table.tables("list_prices")) {
    each.require("price");
    const auto price = each.money("price", currency);
    const auto day = each.day("as_of");
    const auto where = each.text("source");
    each.finish();
    if (price) set_price(product, {*price, day, where.value_or("")});
  }
}

void read_references(TomlTable& table, std::string_view key, std::vector<std::string>& out) {
  const auto got = table.texts(key);
  if (!got) return;
  out.clear();
  for (const auto& id : *got) {
    if (is_product_id(id)) {
      out.push_back(id);
    } else {
      table.error(key, fmt::format("{}: \"{}\" is no product id; ids are written vendor.product", key, printable(id)));
    }
  }
}

}  // namespace

bool is_product_id(std::string_view id) {
  const auto dot = id.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == id.size()) return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

void read_product(TomlTable& table, Product& product, std::string_view currency) {
  if (auto name = table.text("name")) product.name = std::move(*name);
  read_texts(table, "aliases", product.aliases);
  std::vector<std::string> kinds;
  for (const ProductKind kind : all_kinds) kinds.emplace_back(to_string(kind));
  if (const auto kind = table.word("kind", kinds)) {
    product.kind = all_kinds[static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), *kind) - kinds.begin())];
  }
  if (const auto scope = table.word("scope", {"user", "account"})) product.account_scope = *scope == "account";
  if (auto per = table.word("per", {"user", "device", "resource", "login", "tenant"})) product.per = std::move(*per);
  if (const auto offered = table.boolean("offered")) product.offered = *offered;
  if (const auto observable = table.boolean("observable")) product.observable = *observable;
  if (auto family = table.text("family")) product.family = std::move(*family);
  read_references(table, "requires", product.requires_any);
  read_references(table, "excludes", product.excludes);
  read_references(table, "not_in_environment_with", product.not_in_environment_with);
  read_enums(table, "released_by", all_states, product.released_by);
  read_enums(table, "classes", all_classes, product.classes);
  read_texts(table, "given_by", product.given_by);
  read_texts(table, "applications", product.applications);
  if (table.has("grants")) {
    // Stating the grants replaces all that was known of them, what came from included products, too.
    product.includes.clear();
    product.conditional.clear();
    product.grants_known = true;
    read_texts(table, "grants", product.grants);
  }
  read_texts(table, "conditional", product.conditional);
  read_references(table, "includes", product.includes);
  if (const auto known = table.boolean("grants_known")) product.grants_known = *known;
  read_prices(table, product, currency);
  constexpr std::int64_t most = 1'000'000;
  if (const auto minimum = table.integer("minimum", 0, most)) product.minimum = *minimum;
  if (const auto block = table.integer("block", 1, most)) product.block = *block;
  if (const auto lost = table.boolean("price_protected")) product.price_protected = *lost;
  if (auto note = table.text("note")) product.note = std::move(*note);
  table.finish();
}

std::vector<std::string> expand_verbs(TomlTable& table, std::string_view key, const std::vector<std::string>& written,
                                      const VerbSets& sets) {
  std::vector<std::string> out;
  for (const auto& verb : written) {
    if (!verb.starts_with('@')) {
      if (verb.empty()) table.error(key, "a verb pattern cannot be empty; leave the key out for every verb");
      out.push_back(verb);
      continue;
    }
    const auto set = sets.find(verb.substr(1));
    if (set != sets.end()) {
      out.insert(out.end(), set->second.begin(), set->second.end());
      continue;
    }
    std::vector<std::string> names;
    for (const auto& [name, verbs] : sets) names.push_back("@" + name);
    table.error(key, fmt::format("\"{}\" names no list of [verbs]{}", printable(verb), did_you_mean(verb, names)));
  }
  return out;
}

void read_feature(TomlTable& table, Feature& feature, const VerbSets& verbs) {
  if (auto name = table.text("name")) feature.name = std::move(*name);
  table.require("match");
  for (TomlTable& each : table.tables("match")) {
    each.require("object");
    const auto objects = each.texts("object");
    const auto written = each.texts("verb");
    each.finish();
    const auto expanded = written ? expand_verbs(each, "verb", *written, verbs) : std::vector<std::string>();
    for (const auto& object : objects.value_or(std::vector<std::string>())) {
      if (object.empty()) each.error("object", "an object pattern cannot be empty; \"*\" stands for every object");
      feature.match.push_back({object, expanded});
    }
  }
  table.finish();
}

}  // namespace seatlint
