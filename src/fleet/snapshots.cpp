// SPDX-License-Identifier: Apache-2.0
// One profile's snapshots in time order: what is true now, and since when it has been without a break.
#include <algorithm>

#include "base/numbered_texts.hpp"
#include "fleet/accounts.hpp"

namespace seatlint {
namespace {

const std::string& key_of(const Identity& identity) {
  if (!identity.id.empty()) return identity.id;
  return identity.login.empty() ? identity.email : identity.login;
}

void fill(std::string& into, const std::string& from) {
  if (into.empty()) into = from;
}

void merge_lists(std::vector<std::string>& into, const std::vector<std::string>& from) {
  for (const std::string& value : from)
    if (std::find(into.begin(), into.end(), value) == into.end()) into.push_back(value);
}

LastActivity later(const LastActivity& a, const LastActivity& b) {
  const auto rank = [](const LastActivity& value) {
    switch (value.kind) {
      case LastActivity::Kind::on:
        return 3;
      case LastActivity::Kind::before:
        return 2;
      case LastActivity::Kind::never:
        return 1;
      case LastActivity::Kind::absent:
        break;
    }
    return 0;
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b) ? a : b;
  return a.day < b.day ? b : a;
}

/// A second record of the same account: blanks are filled, lists are joined, the later activity wins.
void merge_row(UserRow& into, const UserRow& from) {
  fill(into.identity.id, from.identity.id);
  fill(into.identity.login, from.identity.login);
  fill(into.identity.email, from.identity.email);
  fill(into.identity.federation_id, from.identity.federation_id);
  fill(into.identity.hr_id, from.identity.hr_id);
  merge_lists(into.identity.aliases, from.identity.aliases);
  fill(into.name, from.name);
  fill(into.title, from.title);
  fill(into.department, from.department);
  fill(into.manager, from.manager);
  fill(into.cost_center, from.cost_center);
  fill(into.profile_ref, from.profile_ref);
  fill(into.profile_name, from.profile_name);
  merge_lists(into.roles, from.roles);
  if (!into.state) into.state = from.state;
  if (!into.account_class) into.account_class = from.account_class;
  if (!into.created) into.created = from.created;
  into.last_activity = later(into.last_activity, from.last_activity);
}

}  // namespace

bool released(const Catalog& catalog, const std::string& vendor, const Product* product, AccountState state) {
  if (state == AccountState::active || state == AccountState::frozen) return false;
  const auto frees = [&](const Product& one) {
    return std::find(one.released_by.begin(), one.released_by.end(), state) != one.released_by.end();
  };
  if (product != nullptr) return frees(*product);
  bool any = false;
  for (const Product& one : catalog.products) {
    if (one.vendor != vendor || one.kind != ProductKind::base || one.from_policy) continue;
    if (!frees(one)) return false;
    any = true;
  }
  return any;
}

SnapshotReader::SnapshotReader(const Store& store, const Fleet& fleet, ProductTable& products, Lookups lookups,
                               const Selection* only)
    : store_(store), fleet_(fleet), products_(products), lookups_(std::move(lookups)), only_(only) {
  for (const Contract& contract : fleet.policy->contracts) {
    if ((contract.term_start && fleet.as_of < *contract.term_start) ||
        (contract.term_end && *contract.term_end < fleet.as_of))
      continue;
    if (contract.covers.empty()) continue;
    const ResolvedProduct bought = products_.resolve("", contract.product);
    const std::string vendor = bought.known == nullptr ? std::string() : bought.known->vendor;
    for (const std::string& name : contract.covers)
      covered_.try_emplace({contract.org, products_.resolve(vendor, name).id}, bought.id);
  }
}

void SnapshotReader::add_holdings(const SnapshotSeries& series, const UserRow& row, const Evidence& evidence,
                                  AccountNode& node, std::map<std::string, Holding>& in_file) const {
  std::map<std::string, Holding> in_row;
  const auto hold = [&](const std::string& text, bool by_group) {
    for (const std::string& id : products_.resolve_list(series.vendor, text)) {
      const auto bought = covered_.find({series.org, id});
      Holding& holding = in_row[bought == covered_.end() ? id : bought->second];
      ++(by_group ? holding.by_group : holding.direct);
      holding.covered |= bought != covered_.end();
      if (holding.evidence.file >= 0) continue;
      holding.evidence = evidence;
      if (holding.covered) holding.evidence.says = text;
    }
  };
  for (const std::string& text : row.products) hold(text, false);
  for (const std::string& text : row.group_products) hold(text, true);
  bool speaks = row.has_products || !row.group_products.empty();
  if (!speaks && !row.profile_ref.empty()) {
    const auto found = lookups_.find(series.org + '\x1f' + series.vendor + '\x1f' + row.profile_ref);
    if (found != lookups_.end()) {
      fill(node.row.profile_name, found->second.name);
      if (!found->second.product.empty()) hold(found->second.product, false), speaks = true;
    }
  }
  node.speaks_of_products |= speaks;
  if (row.license_id && !speaks) node.licenses.push_back({*row.license_id, {}});
  for (auto& [id, holding] : in_row) {
    Holding& total = in_file[id];
    if (row.license_id) node.licenses.push_back({*row.license_id, id});
    // A list of user x product has a row an assignment; a list of users says everything in each row.
    const bool adds = series.kind == RecordKind::assignments;
    total.direct = adds ? total.direct + holding.direct : std::max(total.direct, holding.direct);
    total.by_group = adds ? total.by_group + holding.by_group : std::max(total.by_group, holding.by_group);
    if (total.evidence.file < 0) total.evidence = holding.evidence;
    total.covered |= holding.covered;
  }
}

std::vector<AccountNode> SnapshotReader::read_snapshot(const SnapshotSeries& series, std::size_t n) const {
  NumberedTexts keys;
  std::vector<AccountNode> nodes;  // by key
  for (const int index : series.snapshots[n].second) {
    std::vector<std::map<std::string, Holding>> held;  // by key
    const auto visit = [&](const UserRow& row, std::uint64_t line) {
      const std::string& key = key_of(row.identity);
      if (key.empty()) return;
      const auto number = static_cast<std::size_t>(keys.add(key));
      const Evidence evidence{index, line, {}};
      if (number == nodes.size()) {
        AccountNode& fresh = nodes.emplace_back();
        fresh.key = key;
        fresh.row = row;
        fresh.date = series.snapshots[n].first;
        fresh.evidence = evidence;
      } else {
        merge_row(nodes[number].row, row);
      }
      if (number >= held.size()) held.resize(number + 1);
      add_holdings(series, row, evidence, nodes[number], held[number]);
    };
    store_.each_user(fleet_.files[static_cast<std::size_t>(index)].id, visit, only_);
    for (std::size_t number = 0; number < held.size(); ++number)
      for (auto& [id, holding] : held[number]) {
        Holding& total = nodes[number].holdings[id];
        // The parts of a split export may overlap: the same assignment in two files is one.
        total.direct = std::max(total.direct, holding.direct);
        total.by_group = std::max(total.by_group, holding.by_group);
        if (total.evidence.file < 0) total.evidence = holding.evidence;
        total.covered |= holding.covered;
        if (!total.covered || total.direct + total.by_group <= 1) continue;
        // One unit stands for all that it covers.
        total.by_group = total.direct > 0 ? 0 : 1;
        total.direct = 1 - total.by_group;
      }
  }
  return nodes;
}

/// What is remembered of an account while walking through its snapshots.
struct SnapshotReader::Past {
  std::size_t seen = 0;  ///< snapshot number + 1 in which it was last there
  std::optional<AccountState> state;
  std::optional<Day> reactivated;
  std::map<Day, Evidence> used_on;
  struct Run {
    std::size_t first = 0, last = 0;  ///< snapshot numbers
  };
  std::map<std::string, Run> runs;
};

std::vector<AccountNode> SnapshotReader::read(const SnapshotSeries& series, int series_index) {
  NumberedTexts keys;
  std::vector<Past> past;  // by key
  const auto chosen = static_cast<std::size_t>(series.chosen);
  std::vector<AccountNode> present;
  const Day horizon = fleet_.as_of + fleet_.policy->snapshot_slack_days.value;
  for (std::size_t n = 0; n < series.snapshots.size() && series.snapshots[n].first <= horizon; ++n) {
    std::vector<AccountNode> nodes = read_snapshot(series, n);
    for (const AccountNode& node : nodes) {
      const auto number = static_cast<std::size_t>(keys.add(node.key));
      if (number == past.size()) past.emplace_back();
      Past& then = past[number];
      const LastActivity& last = node.row.last_activity;
      if (last.kind == LastActivity::Kind::on && last.day <= fleet_.as_of)
        then.used_on.try_emplace(last.day, node.evidence);
      // A seat of the first snapshot has been held since nobody knows when.
      if (n > chosen || chosen == 0) continue;
      const bool before = n > 0 && then.seen == n;
      const bool was_off =
          before && then.state && (*then.state == AccountState::disabled || *then.state == AccountState::deleted);
      if (was_off && node.row.state == AccountState::active) then.reactivated = series.snapshots[n].first;
      then.seen = n + 1;
      then.state = node.row.state;
      for (const auto& [id, holding] : node.holdings) {
        const Product* known = products_.resolve(series.vendor, id).known;
        if (released(*fleet_.catalog, series.vendor, known, node.row.state.value_or(AccountState::active))) continue;
        const auto [run, fresh] = then.runs.try_emplace(id, Past::Run{n, n});
        if (!fresh && run->second.last + 1 != n) run->second.first = n;
        run->second.last = n;
      }
    }
    if (n == chosen) present = std::move(nodes);
  }
  for (AccountNode& node : present) {
    node.series = series_index;
    Past& then = past[static_cast<std::size_t>(keys.find(node.key))];
    node.reactivated = then.reactivated;
    node.used_on = std::move(then.used_on);
    for (auto& [id, holding] : node.holdings) {
      const auto run = then.runs.find(id);
      if (run != then.runs.end() && run->second.first > 0)
        holding.first_seen = series.snapshots[run->second.first].first;
    }
  }
  const auto before = [](const AccountNode& a, const AccountNode& b) { return a.key < b.key; };
  if (!std::is_sorted(present.begin(), present.end(), before)) std::sort(present.begin(), present.end(), before);
  return present;
}

}  // namespace seatlint
