// SPDX-License-Identifier: Apache-2.0
// The same login seen through several exports is one account. Joined by ids and logins, never by a name alone.
#include "fleet/accounts.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace seatlint {
namespace {

constexpr int fresh_days = 31;  // a state in an export older than this beside a newer one is history

class Union {
 public:
  explicit Union(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[std::max(find(a), find(b))] = std::min(find(a), find(b)); }

 private:
  std::vector<std::size_t> parent_;
};

std::string scoped(const SnapshotSeries& series, const std::string& key) {
  return series.org + '\x1f' + series.vendor + '\x1f' + key;
}

/// All nodes are of one export, which names each account once and no further ids of any.
bool stand_alone(const std::vector<AccountNode>& nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [&](const AccountNode& node) {
    const std::vector<std::string>& aliases = node.row.identity.aliases;
    return node.series == nodes.front().series &&
           std::all_of(aliases.begin(), aliases.end(),
                       [](const std::string& alias) { return alias.find('@') != std::string::npos; });
  });
}

/// Joins nodes of different exports that share a vendor id, else a login that is unique in each of them, else
/// (a record with nothing but an e-mail) an e-mail that one account has.
Union join_nodes(const std::vector<SnapshotSeries>& series, const std::vector<AccountNode>& nodes) {
  Union sets(nodes.size());
  if (stand_alone(nodes)) return sets;
  std::unordered_map<std::string, std::vector<std::size_t>> ids, logins, emails;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const AccountNode& node = nodes[i];
    const SnapshotSeries& from = series[static_cast<std::size_t>(node.series)];
    const Identity& identity = node.row.identity;
    if (!identity.id.empty()) ids[scoped(from, identity.id)].push_back(i);
    for (const std::string& alias : identity.aliases)
      if (alias.find('@') == std::string::npos) ids[scoped(from, alias)].push_back(i);
    if (!identity.login.empty()) logins[scoped(from, identity.login)].push_back(i);
    if (!identity.email.empty()) emails[scoped(from, identity.email)].push_back(i);
  }
  for (const auto& [key, group] : ids)
    for (const std::size_t i : group) sets.join(group.front(), i);
  const auto unique_per_series = [&](const std::vector<std::size_t>& group) {
    std::set<int> seen;
    return std::all_of(group.begin(), group.end(), [&](std::size_t i) { return seen.insert(nodes[i].series).second; });
  };
  for (const auto& [key, group] : logins)
    if (unique_per_series(group))
      for (const std::size_t i : group) sets.join(group.front(), i);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Identity& identity = nodes[i].row.identity;
    const SnapshotSeries& from = series[static_cast<std::size_t>(nodes[i].series)];
    if (!identity.id.empty() || !identity.login.empty()) continue;
    const auto by_login = logins.find(scoped(from, identity.email));
    const auto& group = by_login != logins.end() ? by_login->second : emails[scoped(from, identity.email)];
    std::set<std::size_t> accounts;
    for (const std::size_t other : group)
      if (other != i && nodes[other].series != nodes[i].series) accounts.insert(sets.find(other));
    if (accounts.size() == 1) sets.join(*accounts.begin(), i);
  }
  return sets;
}

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

void take_state(Account& account, const std::vector<AccountNode*>& nodes) {
  Day newest{INT32_MIN};
  for (const AccountNode* node : nodes)
    if (node->row.state) newest = std::max(newest, node->date);
  for (const AccountNode* node : nodes) {
    if (!node->row.state || newest - node->date > fresh_days) continue;
    if (!account.state_known || severity(*node->row.state) > severity(account.state)) account.state = *node->row.state;
    account.state_known = true;
  }
}

void take_last_activity(Account& account, const std::vector<AccountNode*>& nodes, Day as_of) {
  for (const AccountNode* node : nodes) {
    const LastActivity& value = node->row.last_activity;
    // What lies after the audit date is not read, and it hides what was true on it.
    if (value.kind == LastActivity::Kind::absent || (value.kind == LastActivity::Kind::on && value.day > as_of))
      continue;
    account.column_until = std::max(account.column_until.value_or(node->date), node->date);
    LastActivity& best = account.last_activity;
    const bool better = value.kind == LastActivity::Kind::on
                            ? best.kind != LastActivity::Kind::on || value.day > best.day
                            : best.kind == LastActivity::Kind::absent ||
                                  (best.kind == LastActivity::Kind::never && value.kind == LastActivity::Kind::before);
    if (!better) continue;
    best = value;
    account.last_activity_evidence = node->evidence;
  }
}

void fill(std::string& into, std::string& from) {
  if (into.empty()) into = std::move(from);
}

void take_attributes(Account& account, const std::vector<AccountNode*>& nodes) {
  for (AccountNode* node : nodes) {
    UserRow& row = node->row;
    Identity& identity = account.identity;
    for (const std::string* other : {&row.identity.id, &row.identity.login, &row.identity.email})
      if (!other->empty() && *other != identity.id && *other != identity.login && *other != identity.email)
        identity.aliases.push_back(*other);
    fill(identity.id, row.identity.id);
    fill(identity.login, row.identity.login);
    fill(identity.email, row.identity.email);
    fill(identity.federation_id, row.identity.federation_id);
    fill(identity.hr_id, row.identity.hr_id);
    identity.aliases.insert(identity.aliases.end(), row.identity.aliases.begin(), row.identity.aliases.end());
    fill(account.shown, row.shown);
    fill(account.name, row.name);
    fill(account.title, row.title);
    fill(account.department, row.department);
    fill(account.manager, row.manager);
    fill(account.cost_center, row.cost_center);
    fill(account.profile_name, row.profile_name);
    account.roles.insert(account.roles.end(), row.roles.begin(), row.roles.end());
    if (row.account_class && *row.account_class != AccountClass::human && account.class_origin.empty()) {
      account.account_class = *row.account_class;
      account.class_origin = "export";
    }
    if (row.created && (!account.created || *row.created < *account.created)) account.created = row.created;
    if (node->reactivated)
      account.reactivated = std::max(account.reactivated.value_or(*node->reactivated), *node->reactivated);
    account.rows.push_back(node->evidence);
  }
  for (std::vector<std::string>* list : {&account.identity.aliases, &account.roles}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
}

struct Draft {
  Account account;
  std::map<Day, Evidence> used_on;
  std::map<std::string, Holding> holdings;
  std::vector<LicenseTie> licenses;
};

/// The exports of one account, those that tell its licenses first: they name it in reports. Takes the nodes' texts.
Draft draft_account(const Fleet& fleet, const std::vector<SnapshotSeries>& series, std::vector<AccountNode*> nodes) {
  std::sort(nodes.begin(), nodes.end(), [](const AccountNode* a, const AccountNode* b) {
    return std::tuple(!a->speaks_of_products, a->row.identity.id.empty(), a->series, a->key) <
           std::tuple(!b->speaks_of_products, b->row.identity.id.empty(), b->series, b->key);
  });
  Draft draft;
  const SnapshotSeries& from = series[static_cast<std::size_t>(nodes.front()->series)];
  draft.account.org = nodes.front()->org;
  draft.account.vendor = from.vendor;
  draft.account.key = nodes.front()->key;
  take_attributes(draft.account, nodes);
  Account& account = draft.account;
  if (account.shown.empty())
    account.shown = account.identity.login.empty() ? account.identity.email : account.identity.login;
  if (account.key == fold_case(account.shown)) account.key = account.shown;
  take_state(draft.account, nodes);
  for (AccountNode* node : nodes) draft.used_on.merge(node->used_on);
  take_last_activity(draft.account, nodes, fleet.as_of);
  if (!draft.used_on.empty()) {
    draft.account.last_activity = {LastActivity::Kind::on, draft.used_on.rbegin()->first};
    draft.account.last_activity_evidence = draft.used_on.rbegin()->second;
  }
  for (AccountNode* node : nodes)
    draft.licenses.insert(draft.licenses.end(), node->licenses.begin(), node->licenses.end());
  draft.holdings = std::move(nodes.front()->holdings);
  for (std::size_t i = 1; i < nodes.size(); ++i)
    for (const auto& [id, holding] : nodes[i]->holdings) {
      const auto [at, fresh] = draft.holdings.try_emplace(id, holding);
      // One export's direct assignment may be another's through a group: only within one export do they add up.
      if (fresh || holding.direct + holding.by_group <= at->second.direct + at->second.by_group) continue;
      at->second.direct = holding.direct;
      at->second.by_group = holding.by_group;
    }
  return draft;
}

/// A license that only one class may hold says what its holder is.
void take_class_of_license(const Catalog& catalog, Draft& draft) {
  if (!draft.account.class_origin.empty()) return;
  for (const auto& [id, holding] : draft.holdings) {
    const Product* product = catalog.find(id);
    if (product == nullptr || product->classes.size() != 1 || product->classes.front() == AccountClass::human) continue;
    draft.account.account_class = product->classes.front();
    draft.account.class_origin = "license";
    return;
  }
}

void assume_products(const Policy& policy, Draft& draft, ProductTable& products) {
  const Account& account = draft.account;
  if (!draft.holdings.empty()) return;
  Subject subject{
      account.identity.id, account.identity.login, account.identity.email, account.name,         account.title,
      account.department,  account.manager,        account.cost_center,    account.profile_name, {},
      &account.roles};
  for (const Assume& assume : policy.assumptions) {
    if (!assume.match(subject)) continue;
    Holding holding;
    holding.direct = 1;
    holding.assumed = true;
    holding.evidence = account.rows.front();
    draft.holdings.emplace(products.resolve("", assume.product).id, holding);
    return;
  }
}

}  // namespace

void build_accounts(Fleet& fleet, const std::vector<SnapshotSeries>& series, std::vector<AccountNode> nodes,
                    ProductTable& products, const GrantedRights& rights,
                    std::vector<std::map<Day, Evidence>>& used_on) {
  Union sets = join_nodes(series, nodes);
  std::vector<std::pair<std::size_t, std::size_t>> members;  // set and node
  for (std::size_t i = 0; i < nodes.size(); ++i) members.emplace_back(sets.find(i), i);
  std::sort(members.begin(), members.end());
  std::vector<Draft> drafts;
  drafts.reserve(nodes.size());
  for (auto member = members.begin(); member != members.end();) {
    std::vector<AccountNode*> group;
    for (const std::size_t root = member->first; member != members.end() && member->first == root; ++member)
      group.push_back(&nodes[member->second]);
    const bool speaks =
        std::any_of(group.begin(), group.end(), [](const AccountNode* n) { return n->speaks_of_products; });
    drafts.push_back(draft_account(fleet, series, std::move(group)));
    drafts.back().account.licenses_told = speaks;
    take_class_of_license(*fleet.catalog, drafts.back());
    if (!speaks) assume_products(*fleet.policy, drafts.back(), products);
  }
  const auto before = [](const Draft& a, const Draft& b) {
    return std::tie(a.account.org, a.account.key, a.account.vendor) <
           std::tie(b.account.org, b.account.key, b.account.vendor);
  };
  if (!std::is_sorted(drafts.begin(), drafts.end(), before)) std::sort(drafts.begin(), drafts.end(), before);
  fleet.accounts.reserve(drafts.size());
  used_on.reserve(drafts.size());
  for (Draft& draft : drafts) {
    const int account = static_cast<int>(fleet.accounts.size());
    for (const auto& [id, holding] : draft.holdings) {
      const int product = fleet.product_index(id);
      const Product* known = fleet.products[static_cast<std::size_t>(product)].known;
      if (released(*fleet.catalog, draft.account.vendor, known, draft.account.state)) continue;
      for (int copy = 0; copy < holding.direct + holding.by_group; ++copy) {
        Seat seat;
        seat.account = account;
        seat.product = product;
        seat.by_group = copy >= holding.direct;
        seat.first_seen = holding.first_seen;
        seat.assumed = holding.assumed;
        seat.evidence = holding.evidence;
        if (known != nullptr) seat.left_behind = rights.without_need_of(*known, draft.account, draft.licenses);
        draft.account.seats.push_back(static_cast<int>(fleet.seats.size()));
        fleet.seats.push_back(std::move(seat));
      }
    }
    fleet.accounts.push_back(std::move(draft.account));
    used_on.push_back(std::move(draft.used_on));
  }
}

}  // namespace seatlint
