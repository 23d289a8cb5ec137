// SPDX-License-Identifier: Apache-2.0
// Products, what they grant, how their use is recognized and what they cost. Dated data, never code.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "seatlint/base.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

enum class ProductKind { base, attach, addon, bundle, free, trial };
std::string_view to_string(ProductKind kind);

/// A list price per seat and month. `source` says where it was read; unverified ones say so.
struct ListPrice {
  Money money;
  std::optional<Day> as_of;
  std::string source;
};

struct Product {
  std::string id;      ///< vendor.product
  std::string vendor;  ///< the part before the first dot
  std::string name;
  std::vector<std::string> aliases;  ///< names by language, SKU part numbers, GUIDs
  ProductKind kind = ProductKind::base;
  bool account_scope = false;  ///< the tier is bought for everybody
  bool offered = true;         ///< still sold
  std::string per = "user";    ///< what one unit is for: user, device, resource, login, tenant (no seats)
  bool observable = true;      ///< false: no log shows its use, so a seat of it is `outside`
  bool grants_known = true;    ///< false: what it grants is not documented; the rest counts as conditional
  std::string family;
  std::vector<std::string> requires_any, excludes;
  std::vector<std::string> not_in_environment_with;  ///< products that may not share an environment with it
  std::vector<AccountState> released_by;             ///< account states that free the seat
  std::vector<AccountClass> classes;                 ///< who may hold it; empty: everybody
  std::vector<std::string> given_by;      ///< globs: roles and profiles that need it although no export says so
  std::vector<std::string> applications;  ///< applications whose activity shows its use; empty: any of the vendor
  std::vector<std::string> includes;      ///< products whose grants it has, too; expanded by index()
  std::vector<std::string> grants, conditional;  ///< feature ids, sorted; sign-in is added for base and bundle
  std::vector<ListPrice> list_prices;            ///< at most one a currency
  std::int64_t minimum = 0;                      ///< the vendor sells no fewer; 0: no minimum
  std::int64_t block = 1;                        ///< seats come in lots of so many
  bool price_protected = false;  ///< giving seats back at renewal loses the contracted price for the rest
  std::string note;
  std::string origin;        ///< "catalog dynamics365, 2026-07-01" or "seatlint.toml:41"
  bool from_policy = false;  ///< defined or corrected by the policy
  bool expanded = false;  ///< what it includes and what its kind implies stand in its lists; false: index() will do it
};

/// One way a feature shows in a log: case-insensitive globs; no verbs means every verb.
struct ActionPattern {
  std::string object;
  std::vector<std::string> verbs;
};
/// Whether an action of a log is one of this pattern.
bool matches(const ActionPattern& pattern, std::string_view object, std::string_view verb);
struct Feature {
  std::string id;
  std::string vendor;  ///< whose activity; empty: anybody's
  std::string name;
  std::vector<ActionPattern> match;
};

struct CatalogSource {
  std::string id;  ///< "dynamics365"
  Day as_of;
  std::string source, note;
};

/// The feature every base and bundle grants.
inline constexpr std::string_view sign_in_feature = "sign-in";

struct Catalog {
  std::vector<CatalogSource> sources;  ///< sorted by id
  std::vector<Product> products;       ///< sorted by id
  std::vector<Feature> features;       ///< sorted by id, vendor

  const Product* find(std::string_view id) const;
  /// A product as an export or a contract names it: by id, else by alias of `vendor`, else by an alias that
  /// belongs to exactly one product of any vendor when `any_vendor` is set. nullptr: unknown.
  const Product* resolve(std::string_view vendor, std::string_view text, bool any_vendor) const;
  /// All features of this id that activity of `vendor` can show, its own first.
  std::vector<const Feature*> features_of(std::string_view vendor, std::string_view id) const;
  /// The nearest product id or name to a mistyped one.
  std::optional<std::string> suggest(std::string_view text) const;
  /// Sorts, expands `includes`, adds what kinds imply and rebuilds the lookup tables; call after changing products.
  void index();

 private:
  friend struct CatalogNames;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::map<std::string, std::size_t> expanded_features_;  ///< how many a vendor had when products were expanded

  std::map<std::string, std::size_t> count_features() const;
};

/// Reads one catalog file (src/catalogs/*.toml or a user's own); call index() behind the last. Errors carry `origin`,
/// line and column.
void add_catalog(Catalog& catalog, std::string_view toml, const std::string& origin);
/// The embedded catalogs, indexed; each caller's own.
Catalog builtin_catalog();
/// All embedded catalog files as one text, so that an audit can keep what it was made with.
std::string builtin_catalog_text();
/// The catalogs of such a text, of this version or another.
Catalog catalog_of_text(std::string_view text);

}  // namespace seatlint
