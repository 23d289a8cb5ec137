// SPDX-License-Identifier: Apache-2.0
// Snapshot rows of several exports into accounts: who is the same login, what it holds, since when.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleet/audit_date.hpp"
#include "fleet/granted_rights.hpp"
#include "fleet/product_table.hpp"
#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// What other files say references mean: Salesforce profile ids and the like, by org, vendor and key.
using Lookups = std::map<std::string, LookupRow>;

/// How often a product is assigned to an account in one export.
struct Holding {
  int direct = 0, by_group = 0;
  std::optional<Day> first_seen;
  bool assumed = false;
  bool covered = false;  ///< the export names a product that a contract bought under another name
  Evidence evidence;     ///< `says`: that product's name
};

/// One account as one profile's chosen snapshot has it.
struct AccountNode {
  int org = 0, series = 0;
  std::string key;  ///< id, else login, else e-mail
  UserRow row;      ///< attributes of the first record, lists of all
  Day date;
  Evidence evidence;
  bool speaks_of_products = false;
  std::vector<LicenseTie> licenses;  ///< of all its records
  std::optional<Day> reactivated;
  std::map<std::string, Holding> holdings;  ///< by product id
  std::map<Day, Evidence> used_on;          ///< last-activity days of all snapshots near or before the audit date
};

/// Reads chosen snapshots and what came before them.
class SnapshotReader {
 public:
  /// `only` may be null: all records.
  SnapshotReader(const Store& store, const Fleet& fleet, ProductTable& products, Lookups lookups,
                 const Selection* only);

  std::vector<AccountNode> read(const SnapshotSeries& series, int series_index);

 private:
  struct Past;
  std::vector<AccountNode> read_snapshot(const SnapshotSeries& series, std::size_t n) const;
  void add_holdings(const SnapshotSeries& series, const UserRow& row, const Evidence& evidence, AccountNode& node,
                    std::map<std::string, Holding>& in_file) const;

  const Store& store_;
  const Fleet& fleet_;
  ProductTable& products_;
  Lookups lookups_;
  const Selection* only_;
  std::map<std::pair<std::string, std::string>, std::string> covered_;  ///< org and product -> what was bought for it
};

/// Joins the nodes of one fleet into accounts and their seats (fleet.accounts, fleet.seats). All products the nodes
/// hold must stand in fleet.products already.
void build_accounts(Fleet& fleet, const std::vector<SnapshotSeries>& series, std::vector<AccountNode> nodes,
                    ProductTable& products, const GrantedRights& rights, std::vector<std::map<Day, Evidence>>& used_on);

/// True when this state of an account frees a seat of this product. Of a product no catalog knows it does what it
/// does for every base in the catalog of the vendor whose export names it.
bool released(const Catalog& catalog, const std::string& vendor, const Product* product, AccountState state);

}  // namespace seatlint
