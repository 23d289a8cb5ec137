// SPDX-License-Identifier: Apache-2.0
// One profile's snapshots in time order: what is true now, and since when it has been without a break.
#include <algorithm>

#include "fleet/accounts.hpp"

namespace seatlint {
namespace {

constexpr std::uint64_t most_reserved = 1u << 20;  // accounts, before any was seen

template <typename Identities>
std::string_view key_of(const Identities& identity) {
  if (!identity.id.empty()) return identity.id;
  return identity.login.empty() ? identity.email : identity.login;
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

/// Attributes of an account's records: blanks are filled, lists are joined.
class Attributes {
 public:
  Attributes(AccountRow& into, Arena& memory) : into_(into), memory_(memory) {}

  void add(const UserRow& row) {
    AccountIdentity& identity = into_.identity;
    fill(identity.id, row.identity.id);
    fill(identity.login, row.identity.login);
    fill(identity.email, row.identity.email);
    fill(identity.federation_id, row.identity.federation_id);
    fill(identity.hr_id, row.identity.hr_id);
    for (const std::string& alias : row.identity.aliases)
      if (std::find(identity.aliases.begin(), identity.aliases.end(), alias) == identity.aliases.end())
        identity.aliases.push_back(memory_.keep(alias));
    fill(into_.name, row.name);
    fill(into_.title, row.title);
    fill(into_.department, row.department);
    fill(into_.manager, row.manager);
    fill(into_.cost_center, row.cost_center);
    fill(into_.profile_ref, row.profile_ref);
    fill(into_.profile_name, row.profile_name);
    for (const std::string& role : row.roles)
      if (std::find(into_.roles.begin(), into_.roles.end(), role) == into_.roles.end()) into_.roles.push_back(role);
    if (!into_.account_class) into_.account_class = row.account_class;
    if (!into_.created) into_.created = row.created;
  }
  void fill(std::string_view& into, const std::string& from) {
    if (into.empty()) into = memory_.keep(from);
  }

 private:
  AccountRow& into_;
  Arena& memory_;
};

/// Where the product stands in a list of few; added where it does not.
Holding& holding_of(std::vector<Holding>& list, int product) {
  const auto at = std::find_if(list.begin(), list.end(), [&](const Holding& one) { return one.product == product; });
  if (at != list.end()) return *at;
  list.emplace_back().product = product;
  return list.back();
}

/// What one file of a snapshot says an account holds, into what all its files say. The parts of a split export may
/// overlap: the same assignment in two files is one.
void add_file(std::vector<Holding>& into, std::vector<Holding>& in_file) {
  if (into.empty()) into.swap(in_file);
  for (const Holding& holding : in_file) {
    Holding& total = holding_of(into, holding.product);
    total.direct = std::max(total.direct, holding.direct);
    total.by_group = std::max(total.by_group, holding.by_group);
    if (total.evidence.file < 0) total.evidence = holding.evidence;
    total.covered |= holding.covered;
  }
  for (Holding& total : into) {
    if (!total.covered || total.direct + total.by_group <= 1) continue;
    // One unit stands for all that it covers.
    total.by_group = total.direct > 0 ? 0 : 1;
    total.direct = 1 - total.by_group;
  }
  in_file.clear();
}

}  // namespace

bool released(const Catalog& catalog, std::string_view vendor, const Product* product, AccountState state) {
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
                               const Selection* only, Arena& memory)
    : store_(store), fleet_(fleet), products_(products), lookups_(std::move(lookups)), only_(only), memory_(memory) {
  for (const Contract& contract : fleet.policy->contracts) {
    if ((contract.term_start && fleet.as_of < *contract.term_start) ||
        (contract.term_end && *contract.term_end < fleet.as_of))
      continue;
    if (contract.covers.empty()) continue;
    const ResolvedProduct bought = products_.resolve("", contract.product);
    const std::string vendor = bought.known == nullptr ? std::string() : bought.known->vendor;
    for (const std::string& name : contract.covers)
      covered_.try_emplace({contract.org, products_.number(products_.resolve(vendor, name).id)},
                           products_.number(bought.id));
  }
}

void SnapshotReader::add_holdings(const SnapshotSeries& series, const UserRow& row, const Evidence& evidence,
                                  AccountNode& node, std::vector<Holding>& in_file) {
  in_row_.clear();
  const auto hold = [&](const std::string& text, bool by_group) {
    for (const int product : products_.numbers(series.vendor, text)) {
      const auto bought = covered_.empty() ? covered_.end() : covered_.find({series.org, product});
      Holding& holding = holding_of(in_row_, bought == covered_.end() ? product : bought->second);
      ++(by_group ? holding.by_group : holding.direct);
      holding.covered |= bought != covered_.end();
      if (holding.evidence.file >= 0) continue;
      holding.evidence = evidence;
      if (holding.covered) holding.evidence.says = memory_.keep(text);
    }
  };
  for (const std::string& text : row.products) hold(text, false);
  for (const std::string& text : row.group_products) hold(text, true);
  bool speaks = row.has_products || !row.group_products.empty();
  if (!speaks && !row.profile_ref.empty()) {
    const auto found = lookups_.find(series.org + '\x1f' + series.vendor + '\x1f' + row.profile_ref);
    if (found != lookups_.end()) {
      Attributes(node.row, memory_).fill(node.row.profile_name, found->second.name);
      if (!found->second.product.empty()) hold(found->second.product, false), speaks = true;
    }
  }
  node.speaks_of_products |= speaks;
  if (row.license_id && !speaks) node.licenses.push_back({*row.license_id, {}});
  for (const Holding& holding : in_row_) {
    Holding& total = holding_of(in_file, holding.product);
    if (row.license_id) node.licenses.push_back({*row.license_id, std::string(products_.id(holding.product))});
    // A list of user x product has a row an assignment; a list of users says everything in each row.
    const bool adds = series.kind == RecordKind::assignments;
    total.direct = adds ? total.direct + holding.direct : std::max(total.direct, holding.direct);
    total.by_group = adds ? total.by_group + holding.by_group : std::max(total.by_group, holding.by_group);
    if (total.evidence.file < 0) total.evidence = holding.evidence;
    total.covered |= holding.covered;
  }
}

/// The accounts of one snapshot. Of others than the chosen one only what tells the past is read.
std::vector<AccountNode> SnapshotReader::read_snapshot(const SnapshotSeries& series, std::size_t n,
                                                       NumberedTexts& keys) {
  const bool chosen = n == static_cast<std::size_t>(series.chosen);
  std::vector<AccountNode> nodes;
  std::vector<int> node_of;                   // by number of the key; -1: not there
  std::vector<std::vector<Holding>> in_file;  // by node
  std::vector<std::size_t> touched;           // nodes with something in `in_file`
  for (const int index : series.snapshots[n].second) {
    const ImportedFile& file = fleet_.files[static_cast<std::size_t>(index)];
    const auto visit = [&](const UserRow& row, std::uint64_t line) {
      const std::string_view key = key_of(row.identity);
      if (key.empty()) return;
      const auto number = static_cast<std::size_t>(keys.add(key));
      if (number >= node_of.size()) node_of.resize(number + 1, -1);
      int& at = node_of[number];
      const Evidence evidence{index, line, {}};
      if (at < 0) {
        at = static_cast<int>(nodes.size());
        AccountNode& fresh = nodes.emplace_back();
        in_file.emplace_back();
        fresh.number = static_cast<int>(number);
        fresh.date = series.snapshots[n].first;
        fresh.evidence = evidence;
        if (chosen) fresh.row.shown = memory_.keep(row.shown);  // of the first record: it belongs to its login
      }
      AccountNode& node = nodes[static_cast<std::size_t>(at)];
      if (chosen) {
        Attributes(node.row, memory_).add(row);
        node.key = key_of(node.row.identity);
      }
      if (!node.row.state) node.row.state = row.state;
      node.row.last_activity = later(node.row.last_activity, row.last_activity);
      std::vector<Holding>& held = in_file[static_cast<std::size_t>(at)];
      if (held.empty()) touched.push_back(static_cast<std::size_t>(at));
      add_holdings(series, row, evidence, node, held);
    };
    if (only_ == nullptr && file.kind == RecordKind::users) {
      const auto rows = static_cast<std::size_t>(std::min<std::uint64_t>(file.rows.stored, most_reserved));
      nodes.reserve(nodes.size() + rows);
      in_file.reserve(nodes.size() + rows);
      keys.reserve(rows);
    }
    store_.each_user(file.id, visit, only_);
    for (const std::size_t at : touched) add_file(nodes[at].holdings, in_file[at]);
    touched.clear();
  }
  const auto by_id = [&](const Holding& a, const Holding& b) {
    return products_.id(a.product) < products_.id(b.product);
  };
  for (AccountNode& node : nodes) std::sort(node.holdings.begin(), node.holdings.end(), by_id);
  return nodes;
}

/// What is remembered of an account while walking through its snapshots.
struct SnapshotReader::Past {
  std::size_t seen = 0;  ///< snapshot number + 1 in which it was last there
  std::optional<AccountState> state;
  std::optional<Day> reactivated;
  std::vector<std::pair<Day, Evidence>> used_on;
  struct Run {
    int product = 0;
    std::size_t first = 0, last = 0;  ///< snapshot numbers
  };
  std::vector<Run> runs;
};

void SnapshotReader::note_past(const SnapshotSeries& series, std::size_t n, const AccountNode& node, Past& then) const {
  const LastActivity& last = node.row.last_activity;
  const auto same_day = [&](const auto& used) { return used.first == last.day; };
  if (last.kind == LastActivity::Kind::on && last.day <= fleet_.as_of &&
      std::none_of(then.used_on.begin(), then.used_on.end(), same_day))
    then.used_on.emplace_back(last.day, node.evidence);
  // A seat of the first snapshot has been held since nobody knows when.
  if (n > static_cast<std::size_t>(series.chosen) || series.chosen == 0) return;
  const bool before = n > 0 && then.seen == n;
  const bool was_off =
      before && then.state && (*then.state == AccountState::disabled || *then.state == AccountState::deleted);
  if (was_off && node.row.state == AccountState::active) then.reactivated = series.snapshots[n].first;
  then.seen = n + 1;
  then.state = node.row.state;
  for (const Holding& holding : node.holdings) {
    const Product* known = products_.known(holding.product);
    if (released(*fleet_.catalog, series.vendor, known, node.row.state.value_or(AccountState::active))) continue;
    auto run = std::find_if(then.runs.begin(), then.runs.end(),
                            [&](const Past::Run& one) { return one.product == holding.product; });
    if (run == then.runs.end()) {
      then.runs.push_back({holding.product, n, n});
      continue;
    }
    if (run->last + 1 != n) run->first = n;
    run->last = n;
  }
}

std::vector<AccountNode> SnapshotReader::read(const SnapshotSeries& series, int series_index) {
  NumberedTexts keys;
  std::vector<Past> past;  // by number of the key
  std::vector<AccountNode> present;
  const Day horizon = fleet_.as_of + fleet_.policy->snapshot_slack_days.value;
  const auto until = std::find_if(series.snapshots.begin(), series.snapshots.end(),
                                  [&](const auto& snapshot) { return snapshot.first > horizon; });
  const auto count = static_cast<std::size_t>(until - series.snapshots.begin());
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<AccountNode> nodes = read_snapshot(series, n, keys);
    if (count > 1) past.resize(keys.size());
    if (count > 1)
      for (const AccountNode& node : nodes) note_past(series, n, node, past[static_cast<std::size_t>(node.number)]);
    if (n == static_cast<std::size_t>(series.chosen)) present = std::move(nodes);
  }
  for (AccountNode& node : present) {
    node.series = series_index;
    if (past.empty()) continue;
    Past& then = past[static_cast<std::size_t>(node.number)];
    node.reactivated = then.reactivated;
    node.used_on = std::move(then.used_on);
    for (Holding& holding : node.holdings)
      for (const Past::Run& run : then.runs)
        if (run.product == holding.product && run.first > 0) holding.first_seen = series.snapshots[run.first].first;
  }
  const auto before = [](const AccountNode& a, const AccountNode& b) { return a.key < b.key; };
  if (!std::is_sorted(present.begin(), present.end(), before)) std::sort(present.begin(), present.end(), before);
  return present;
}

}  // namespace seatlint
