// SPDX-License-Identifier: Apache-2.0
// Snapshot rows of several exports into accounts: who is the same login, what it holds, since when.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/arena.hpp"
#include "base/numbered_texts.hpp"
#include "base/short_list.hpp"
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
  int product = 0;  ///< as ProductTable numbers it
  int direct = 0, by_group = 0;
  MaybeDay first_seen;
  bool assumed = false;
  bool covered = false;  ///< the export names a product that a contract bought under another name
  Evidence evidence;     ///< `says`: that product's name
};

/// One account as one profile's chosen snapshot has it. Of an earlier snapshot only what tells the past is known.
struct AccountNode {
  /// What few accounts have.
  struct More {
    std::vector<LicenseTie> licenses;  ///< of all its records
    /// Last-activity days of several snapshots near or before the audit date; of one it stands below.
    std::vector<std::pair<Day, RecordPlace>> used_on;
    MaybeDay reactivated;
  };

  Account* account = nullptr;  ///< attributes of its first record, lists of all; nullptr: of the past
  int series = 0;
  int number = 0;      ///< of the key within the series
  RecordPlace record;  ///< the first
  LastActivity last_activity;
  std::optional<AccountState> state;
  std::optional<AccountClass> account_class;
  bool speaks_of_products = false;
  bool has_further_ids = false;
  ShortList<Holding> holdings;  ///< by product id
  std::unique_ptr<More> more;   ///< nullptr: nothing

  More& with_more() {
    if (!more) more = std::make_unique<More>();
    return *more;
  }
  MaybeDay reactivated() const { return more ? more->reactivated : MaybeDay(); }
  std::span<const LicenseTie> licenses() const {
    return more ? std::span<const LicenseTie>(more->licenses) : std::span<const LicenseTie>();
  }
  std::span<const std::pair<Day, RecordPlace>> used_on() const {
    return more ? std::span<const std::pair<Day, RecordPlace>>(more->used_on)
                : std::span<const std::pair<Day, RecordPlace>>();
  }
};

static_assert(sizeof(AccountNode) <= 64);

inline void fill(TextRef& blank, TextRef text) {
  if (blank.empty()) blank = text;
}
/// To be changed; it lives as long as `memory`.
inline AccountMore& more_of(Account& account, Arena& memory) {
  if (account.told_more == nullptr) account.told_more = new (memory.room<AccountMore>(1)) AccountMore;
  return *account.told_more;
}
/// What an account or a record of it does not say yet, from another record of the same account.
inline void fill_blanks(Account& into, const Account& from, Arena& memory) {
  for (const auto text : {&AccountIdentity::id, &AccountIdentity::login, &AccountIdentity::email})
    fill(into.identity.*text, from.identity.*text);
  fill(into.name, from.name);
  fill(into.title, from.title);
  fill(into.department, from.department);
  if (from.told_more == nullptr) return;
  for (const auto text : {&AccountMore::federation_id, &AccountMore::hr_id, &AccountMore::manager,
                          &AccountMore::cost_center, &AccountMore::profile_name})
    fill(more_of(into, memory).*text, from.told_more->*text);
}
/// The id, else the login, else the e-mail.
std::string_view key_of(const AccountIdentity& identity);

class DraftRows;

/// Reads chosen snapshots and what came before them.
class SnapshotReader {
 public:
  /// `only` may be null: all records. Accounts and texts of the nodes go to the fleet's memory, what they hold to
  /// `holdings`.
  SnapshotReader(const Store& store, Fleet& fleet, ProductTable& products, Lookups lookups, const Selection* only,
                 Arena& holdings);

  std::vector<AccountNode> read(const SnapshotSeries& series, int series_index);

 private:
  struct Past;
  struct Nodes;
  std::vector<AccountNode> read_snapshot(const SnapshotSeries& series, std::size_t n, NumberedTexts& keys);
  void add_blocks(const SnapshotSeries& series, std::size_t n, int file, Nodes& nodes);
  void add_rows(const SnapshotSeries& series, DraftRows& drafts, Nodes& nodes);
  void note_past(const SnapshotSeries& series, std::size_t n, const AccountNode& node, Past& then) const;

  const Store& store_;
  Fleet& fleet_;
  ProductTable& products_;
  Lookups lookups_;
  const Selection* only_;
  Arena& holdings_;
  std::map<std::pair<std::string, int>, int> covered_;  ///< org and product -> what was bought for it
};

/// For how many accounts a thread is worth its while.
inline constexpr std::size_t fewest_accounts = 2000;

/// Joins the nodes of one fleet into accounts and their seats (fleet.accounts, fleet.seats). All products the nodes
/// hold must stand in fleet.products already. Lists go to the fleet's memory. Column days lack their action still.
void build_accounts(Fleet& fleet, const std::vector<SnapshotSeries>& series, std::vector<AccountNode> nodes,
                    ProductTable& products, const GrantedRights& rights);

}  // namespace seatlint
