// SPDX-License-Identifier: Apache-2.0
// Makes an account of all that exports say of one login, and its seats.
#include "fleet/accounts.hpp"

#include <algorithm>
#include <numeric>

#include "base/ascii.hpp"
#include "base/in_parallel.hpp"
#include "base/reserve_touched.hpp"
#include "fleet/account_groups.hpp"
#include "fleet/people.hpp"
#include "fleet/seats.hpp"

namespace seatlint {
namespace {

constexpr int fresh_days = 31;  // a state in an export older than this beside a newer one is history

int severity(AccountState state) {
  switch (state) {
    case AccountState::active:
      return 0;
    case AccountState::frozen:
      return 1;
    case AccountState::disabled:
      return 2;
    case AccountState::deleted:
      return 3;
  }
  return 0;
}

/// What one thread makes accounts with. Lists are used again for each.
struct Workbench {
  Arena& memory;
  const std::vector<SnapshotSeries>& series;
  std::vector<AccountNode*> nodes;
  std::vector<RecordPlace> rows;
  std::vector<ColumnDay> days;

  /// Of the snapshot that the node is of.
  Day date(const AccountNode& node) const {
    const SnapshotSeries& from = series[static_cast<std::size_t>(node.series)];
    return from.snapshots[static_cast<std::size_t>(from.chosen)].first;
  }
};

void take_state(Account& account, const Workbench& bench) {
  Day newest{INT32_MIN};
  for (const AccountNode* node : bench.nodes)
    if (node->state) newest = std::max(newest, bench.date(*node));
  for (const AccountNode* node : bench.nodes) {
    if (!node->state || newest - bench.date(*node) > fresh_days) continue;
    if (!account.state_known || severity(*node->state) > severity(account.state)) account.state = *node->state;
    account.state_known = true;
  }
}

/// The record of what its latest last-activity value says.
void cite_column(Account& account, const RecordPlace& record, Arena& memory) {
  if (account.told_more != nullptr || record != account.row) more_of(account, memory).last_activity_row = record;
}

void take_last_activity(Account& account, Workbench& bench, Day as_of) {
  for (const AccountNode* node : bench.nodes) {
    const LastActivity& value = node->last_activity;
    // What lies after the audit date is not read, and it hides what was true on it.
    if (value.kind == LastActivity::Kind::absent || (value.kind == LastActivity::Kind::on && value.day > as_of))
      continue;
    const Day date = bench.date(*node);
    account.column_until = std::max(account.column_until.value_or(date), date);
    const LastActivity best = account.last_activity();
    const bool better = value.kind == LastActivity::Kind::on
                            ? best.kind != LastActivity::Kind::on || value.day > best.day
                            : best.kind == LastActivity::Kind::absent ||
                                  (best.kind == LastActivity::Kind::never && value.kind == LastActivity::Kind::before);
    if (!better) continue;
    account.set_last_activity(value);
    cite_column(account, node->record, bench.memory);
  }
}

/// Whether folding the text gives the key.
bool is_folded(std::string_view key, std::string_view text) {
  if (!is_ascii(text)) return key == fold_case(text);
  return std::equal(key.begin(), key.end(), text.begin(), text.end(), [](char a, char b) { return a == lower(b); });
}

template <typename Value>
void sort_unique(std::vector<Value>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// The texts sorted, each once; the list given where it is that already.
ListRef<std::string_view> set_of(std::vector<std::string_view>& texts, ListRef<std::string_view> list, Arena& memory) {
  sort_unique(texts);
  if (std::equal(texts.begin(), texts.end(), list.begin(), list.end())) return list;
  return memory.keep_list<std::string_view>(texts);
}

/// What the other nodes say of the account of the first.
void take_attributes(Account& account, Workbench& bench) {
  const std::vector<AccountNode*>& nodes = bench.nodes;
  bench.rows.clear();
  std::vector<std::string_view> aliases, roles;
  for (const AccountNode* node : nodes) {
    const Account& own = *node->account;
    if (&own != &account) {
      fill_blanks(account, own, bench.memory);
      fill(account.shown, own.shown);
      if (own.created && (!account.created || *own.created < *account.created)) account.created = own.created;
    }
    aliases.insert(aliases.end(), own.more().aliases.begin(), own.more().aliases.end());
    roles.insert(roles.end(), own.more().roles.begin(), own.more().roles.end());
    if (node->account_class && *node->account_class != AccountClass::human && account.class_origin.empty()) {
      account.account_class = *node->account_class;
      static const SharedText by_export("export");
      account.class_origin = by_export;
    }
    if (node->reactivated()) {
      MaybeDay& latest = more_of(account, bench.memory).reactivated;
      latest = std::max(latest, node->reactivated());
    }
    bench.rows.push_back(node->record);
  }
  account.row = bench.rows.front();
  if (bench.rows.size() > 1) more_of(account, bench.memory).rows = bench.memory.keep_list<RecordPlace>(bench.rows);
  AccountIdentity& identity = account.identity;
  for (const AccountNode* node : nodes) {
    if (node->account == &account) continue;
    const AccountIdentity& own = node->account->identity;
    for (const std::string_view other : {own.id, own.login, own.email})
      if (!other.empty() && other != identity.id && other != identity.login && other != identity.email)
        aliases.push_back(other);
  }
  if (aliases.empty() && roles.empty()) return;
  AccountMore& more = more_of(account, bench.memory);
  more.aliases = set_of(aliases, more.aliases, bench.memory);
  more.roles = set_of(roles, more.roles, bench.memory);
}

/// The newest day that the last-activity columns of all snapshots name, and all of them.
void take_column_days(Account& account, Day as_of, Workbench& bench) {
  std::vector<ColumnDay>& days = bench.days;
  const auto before = [](const ColumnDay& a, const ColumnDay& b) { return a.day < b.day; };
  days.clear();
  const auto take = [&](Day day, const RecordPlace& record) {
    if (days.empty() || std::max_element(days.begin(), days.end(), before)->day < day) {
      account.set_last_activity({LastActivity::Kind::on, day});
      cite_column(account, record, bench.memory);
    }
    days.push_back({day});
  };
  for (const AccountNode* node : bench.nodes) {
    const LastActivity& own = node->last_activity;
    if (node->used_on().empty() && own.kind == LastActivity::Kind::on && own.day <= as_of) take(own.day, node->record);
    for (const auto& [day, record] : node->used_on()) take(day, record);
  }
  std::sort(days.begin(), days.end(), before);
  const auto same = [](const ColumnDay& a, const ColumnDay& b) { return a.day == b.day; };
  days.erase(std::unique(days.begin(), days.end(), same), days.end());
  if (days.size() > 1) more_of(account, bench.memory).column_days = bench.memory.keep_list<ColumnDay>(days);
}

/// All that the exports of one account assign to it, in the order of product ids: in the list of the first.
void take_holdings(const std::vector<AccountNode*>& nodes, const ProductTable& products, Arena& memory) {
  ShortList<Holding>& all = nodes.front()->holdings;
  for (std::size_t i = 1; i < nodes.size(); ++i)
    for (const Holding& holding : nodes[i]->holdings) {
      const auto at =
          std::find_if(all.begin(), all.end(), [&](const Holding& one) { return one.product == holding.product; });
      if (at == all.end()) {
        all.add(memory) = holding;
        continue;
      }
      // One export's direct assignment may be another's through a group: only within one export do they add up.
      if (holding.direct + holding.by_group <= at->direct + at->by_group) continue;
      at->direct = holding.direct;
      at->by_group = holding.by_group;
    }
  if (nodes.size() > 1)
    std::sort(all.begin(), all.end(),
              [&](const Holding& a, const Holding& b) { return products.id(a.product) < products.id(b.product); });
}

/// A license that only one class may hold says what its holder is.
void take_class_of_license(Account& account, const ShortList<Holding>& holdings, const ProductTable& products) {
  if (!account.class_origin.empty()) return;
  for (const Holding& holding : holdings) {
    const Product* product = products.known(holding.product);
    if (product == nullptr || product->classes.size() != 1 || product->classes.front() == AccountClass::human) continue;
    account.account_class = product->classes.front();
    static const SharedText by_license("license");
    account.class_origin = by_license;
    return;
  }
}

void assume_products(const Policy& policy, const Account& account, ShortList<Holding>& holdings, ProductTable& products,
                     Arena& memory) {
  if (!holdings.empty()) return;
  for (const Assume& assume : policy.assumptions) {
    if (!assume.match(subject_of(account))) continue;
    Holding& holding = holdings.add(memory);
    holding.product = products.number(products.resolve("", assume.product).id);
    holding.direct = 1;
    holding.assumed = true;
    holding.evidence = {account.row, {}};
    return;
  }
}

class Builder {
 public:
  Builder(Fleet& fleet, const std::vector<SnapshotSeries>& series, std::vector<AccountNode>& nodes,
          ProductTable& products, const GrantedRights& rights)
      : fleet_(fleet), series_(series), nodes_(nodes), products_(products), rights_(rights), owners_{nodes} {
    for (const SnapshotSeries& one : series) vendors_.emplace_back(one.vendor);
  }

  void build() {
    make_accounts();
    sort_accounts();
    fleet_.accounts = AccountList(std::move(accounts_));
    add_seats(fleet_, owners_, products_, rights_);
  }

 private:
  Fleet& fleet_;
  const std::vector<SnapshotSeries>& series_;
  std::vector<AccountNode>& nodes_;
  ProductTable& products_;
  const GrantedRights& rights_;
  std::vector<SharedText> vendors_;  ///< by series
  std::vector<Account*> accounts_;
  Owners owners_;

  void make_accounts() {
    const AccountGroups groups(series_, nodes_);
    const std::size_t count = groups.count();
    reserve_touched(accounts_, count);
    accounts_.resize(count);
    reserve_touched(owners_.numbers, count);
    owners_.numbers.resize(count);
    // An assumption may name a product that nobody holds: not by two at once.
    const std::size_t fewest = fleet_.policy->assumptions.empty() ? fewest_accounts : count;
    std::vector<Workbench> benches;
    for (std::size_t i = 0; i < part_count(count, fewest); ++i)
      benches.push_back({*fleet_.memory.emplace_back(std::make_shared<Arena>()), series_, {}, {}, {}});
    in_pieces(count, fewest, [&](std::size_t first, std::size_t last, std::size_t part) {
      Workbench& bench = benches[part];
      for (std::size_t account = first; account < last; ++account) {
        groups.list(account, bench.nodes);
        accounts_[account] = make_account(bench);
        owners_.numbers[account] = static_cast<std::uint32_t>(bench.nodes.front() - nodes_.data());
      }
    });
  }

  /// By org, key and vendor; mostly they are.
  void sort_accounts() {
    const auto key = [](const Account& account) { return std::tie(account.org, account.key, account.vendor); };
    const auto before = [&](const Account* a, const Account* b) { return key(*a) < key(*b); };
    const std::size_t pairs = std::max<std::size_t>(accounts_.size(), 1) - 1;
    if (all_in_parallel(pairs, fewest_accounts, [&](std::size_t i) { return !before(accounts_[i + 1], accounts_[i]); }))
      return;
    std::vector<std::size_t> order(accounts_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return before(accounts_[a], accounts_[b]); });
    std::vector<Account*> sorted;
    std::vector<std::uint32_t> owners;
    for (const std::size_t at : order) {
      sorted.push_back(accounts_[at]);
      owners.push_back(owners_.numbers[at]);
    }
    accounts_ = std::move(sorted);
    owners_.numbers = std::move(owners);
  }

  /// The exports of one account, those that tell its licenses first: they name it in reports.
  Account* make_account(Workbench& bench) {
    std::vector<AccountNode*>& nodes = bench.nodes;
    Arena& memory = bench.memory;
    std::sort(nodes.begin(), nodes.end(), [](const AccountNode* a, const AccountNode* b) {
      return std::tuple(!a->speaks_of_products, a->account->identity.id.empty(), a->series, a->account->key) <
             std::tuple(!b->speaks_of_products, b->account->identity.id.empty(), b->series, b->account->key);
    });
    AccountNode& first = *nodes.front();
    Account& account = *first.account;
    account.vendor = vendors_[static_cast<std::size_t>(first.series)];
    take_attributes(account, bench);
    if (account.shown.empty())
      account.shown = account.identity.login.empty() ? account.identity.email : account.identity.login;
    if (is_folded(account.key, account.shown)) account.key = account.shown;
    take_state(account, bench);
    take_last_activity(account, bench, fleet_.as_of);
    take_column_days(account, fleet_.as_of, bench);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      const std::span<const LicenseTie> more = nodes[i]->licenses();
      if (more.empty()) continue;
      std::vector<LicenseTie>& all = first.with_more().licenses;
      all.insert(all.end(), more.begin(), more.end());
    }
    take_holdings(nodes, products_, memory);
    account.licenses_told =
        std::any_of(nodes.begin(), nodes.end(), [](const AccountNode* n) { return n->speaks_of_products; });
    take_class_of_license(account, first.holdings, products_);
    if (!account.licenses_told) assume_products(*fleet_.policy, account, first.holdings, products_, memory);
    return &account;
  }
};

}  // namespace

void build_accounts(Fleet& fleet, const std::vector<SnapshotSeries>& series, std::vector<AccountNode> nodes,
                    ProductTable& products, const GrantedRights& rights) {
  Builder(fleet, series, nodes, products, rights).build();
}

}  // namespace seatlint
