// SPDX-License-Identifier: Apache-2.0
// Packing and unpacking visit the same members in the same order, so there is one list of them for both.
#include "catalog/catalog_pack.hpp"

#include <algorithm>
#include <concepts>
#include <type_traits>
#include <utility>

namespace seatlint {
namespace {

/// Appends what is visited.
class Packer {
 public:
  std::uint64_t number(std::uint64_t value) {
    std::uint64_t rest = value;
    for (; rest >= 0x80; rest >>= 7u) bytes_.push_back(static_cast<char>(rest | 0x80u));
    bytes_.push_back(static_cast<char>(rest));
    return value;
  }
  void text(const std::string& text) {
    number(text.size());
    bytes_.append(text);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Sets what is visited.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number(std::uint64_t) {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(taken(1).front());
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
  }
  void text(std::string& text) { text = taken(number(0)); }

 private:
  std::string_view taken(std::size_t size) {
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  std::string_view rest_;
};

template <typename Way>
void pass(Way& way, std::string& text) {
  way.text(text);
}

template <typename Way, typename Number>
requires std::integral<Number> || std::is_enum_v<Number>
void pass(Way& way, Number& number) { number = static_cast<Number>(way.number(static_cast<std::uint64_t>(number))); }

template <typename Way, typename Item>
void pass(Way& way, std::vector<Item>& items) {
  items.resize(way.number(items.size()));
  for (Item& item : items) pass(way, item);
}

template <typename Way, typename Item>
void pass(Way& way, std::optional<Item>& item) {
  if (way.number(item.has_value()) == 0) return;
  if (!item) item.emplace();
  pass(way, *item);
}

template <typename Way, typename... Members>
void pass_all(Way& way, Members&... members) {
  (pass(way, members), ...);
}

template <typename Way>
void pass(Way& way, Day& day) {
  pass(way, day.days);
}

// Each value is taken apart whole: a member more does not compile before it is passed on, too.

template <typename Way>
void pass(Way& way, Currency& currency) {
  std::string code(currency);
  pass(way, code);
  currency = code;
}

template <typename Way>
void pass(Way& way, Money& money) {
  auto& [minor, currency] = money;
  pass_all(way, minor, currency);
}

template <typename Way>
void pass(Way& way, ListPrice& price) {
  auto& [money, as_of, source] = price;
  pass_all(way, money, as_of, source);
}

template <typename Way>
void pass(Way& way, Product& product) {
  auto& [id, vendor, name, aliases, kind, account_scope, offered, per, observable, grants_known, family, requires_any,
         excludes, not_in_environment_with, released_by, classes, given_by, applications, includes, grants, conditional,
         list_prices, minimum, block, price_protected, note, origin, from_policy, expanded] = product;
  pass_all(way, id, vendor, name, aliases, kind, account_scope, offered, per, observable, grants_known, family,
           requires_any, excludes, not_in_environment_with, released_by, classes, given_by, applications, includes,
           grants, conditional, list_prices, minimum, block, price_protected, note, origin, from_policy, expanded);
}

template <typename Way>
void pass(Way& way, ActionPattern& pattern) {
  auto& [object, verbs] = pattern;
  pass_all(way, object, verbs);
}

template <typename Way>
void pass(Way& way, Feature& feature) {
  auto& [id, vendor, name, match] = feature;
  pass_all(way, id, vendor, name, match);
}

template <typename Way>
void pass(Way& way, CatalogSource& catalog) {
  auto& [id, as_of, source, note] = catalog;
  pass_all(way, id, as_of, source, note);
}

template <typename Way>
void pass(Way& way, std::pair<std::string, std::vector<std::size_t>>& name) {
  pass_all(way, name.first, name.second);
}

}  // namespace

/// The names a catalog is searched by, in order.
struct CatalogNames {
  using Names = std::vector<std::pair<std::string, std::vector<std::size_t>>>;

  static Names of(const Catalog& catalog) {
    Names names(catalog.by_name_.begin(), catalog.by_name_.end());
    std::sort(names.begin(), names.end());
    return names;
  }
  static void set(Catalog& catalog, Names names) {
    catalog.expanded_features_ = catalog.count_features();
    catalog.by_name_.reserve(names.size());
    for (auto& [name, places] : names) catalog.by_name_.emplace(std::move(name), std::move(places));
  }
};

std::string pack_catalog(Catalog catalog) {
  CatalogNames::Names names = CatalogNames::of(catalog);
  Packer packer;
  pass_all(packer, catalog.sources, catalog.products, catalog.features, names);
  return packer.take();
}

Catalog unpack_catalog(std::string_view bytes) {
  Catalog catalog;
  CatalogNames::Names names;
  Unpacker unpacker(bytes);
  pass_all(unpacker, catalog.sources, catalog.products, catalog.features, names);
  CatalogNames::set(catalog, std::move(names));
  return catalog;
}

}  // namespace seatlint
