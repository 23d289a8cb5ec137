// SPDX-License-Identifier: Apache-2.0
// The same login seen through several exports is one account. Joined by ids and logins, never by a name alone.
#include "fleet/account_groups.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>

namespace seatlint {
namespace {

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

std::string scoped(const SnapshotSeries& series, std::string_view key) {
  return (series.org + '\x1f' + series.vendor + '\x1f').append(key);
}

/// All nodes are of one export, which names each account once and no further ids of any.
bool stand_alone(const std::vector<AccountNode>& nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [&](const AccountNode& node) {
    return node.series == nodes.front().series && !node.has_further_ids;
  });
}

/// Joins nodes of different exports that share a vendor id, else a login that is unique in each of them, else
/// (a record with nothing but an e-mail) an e-mail that one account has.
Union join_nodes(const std::vector<SnapshotSeries>& series, const std::vector<AccountNode>& nodes) {
  Union sets(nodes.size());
  std::unordered_map<std::string, std::vector<std::size_t>> ids, logins, emails;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const AccountNode& node = nodes[i];
    const SnapshotSeries& from = series[static_cast<std::size_t>(node.series)];
    const AccountIdentity& identity = node.account->identity;
    if (!identity.id.empty()) ids[scoped(from, identity.id)].push_back(i);
    for (const std::string_view alias : node.account->more().aliases)
      if (alias.find('@') == std::string_view::npos) ids[scoped(from, alias)].push_back(i);
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
    const AccountIdentity& identity = nodes[i].account->identity;
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

}  // namespace

AccountGroups::AccountGroups(const std::vector<SnapshotSeries>& series, std::vector<AccountNode>& nodes)
    : nodes_(nodes) {
  if (stand_alone(nodes)) return;
  Union sets = join_nodes(series, nodes);
  for (std::size_t i = 0; i < nodes.size(); ++i) members_.emplace_back(sets.find(i), i);
  if (!std::is_sorted(members_.begin(), members_.end())) std::sort(members_.begin(), members_.end());
  for (std::size_t i = 0; i < members_.size(); ++i)
    if (i == 0 || members_[i].first != members_[i - 1].first) starts_.push_back(i);
  starts_.push_back(members_.size());
}

}  // namespace seatlint
