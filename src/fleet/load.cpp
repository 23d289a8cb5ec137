// SPDX-License-Identifier: Apache-2.0
// Puts the fleet together, in the order in which each part needs the one before.
#include "fleet/load.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "fleet/accounts.hpp"
#include "fleet/activity.hpp"
#include "fleet/audit_date.hpp"
#include "fleet/coverage.hpp"
#include "fleet/entitlements.hpp"
#include "fleet/people.hpp"
#include "ingest/activity_block.hpp"
#include "seatlint/concealed.hpp"

namespace seatlint {
namespace {

void take_files(const Store& store, Fleet& fleet, const FleetOptions& options) {
  fleet.files = store.files();
  if (!options.org.empty()) {
    std::erase_if(fleet.files, [&](const ImportedFile& file) { return file.org != options.org; });
    if (fleet.files.empty()) {
      const auto near = nearest(options.org, store.orgs());
      throw Error("no org \"" + options.org + "\" in the store" + (near ? "; did you mean \"" + *near + "\"?" : ""));
    }
  }
  fleet.file_used.assign(fleet.files.size(), false);
  std::set<std::string> names;
  for (const ImportedFile& file : fleet.files) names.insert(file.org);
  for (const std::string& name : names) fleet.orgs.push_back({name});
}

void settle_date(Fleet& fleet, const FleetOptions& options) {
  const auto newest = newest_evidence(fleet.files, options.today);
  if (!newest && !options.as_of) throw Error("nothing to audit: the store holds no users export and no activity log");
  fleet.as_of = options.as_of.value_or(newest.value_or(options.today));
  fleet.as_of_given = options.as_of.has_value();
  fleet.window = {fleet.as_of - fleet.policy->window_days.value + 1, fleet.as_of};
}

/// Files of one kind that are true on the audit date: undated ones, and the nearest snapshots.
std::vector<int> files_in_force(Fleet& fleet, const std::vector<RecordKind>& kinds) {
  std::vector<int> files;
  for (const SnapshotSeries& series :
       snapshot_series(fleet.files, fleet.as_of, fleet.policy->snapshot_slack_days.value, kinds, &files))
    if (series.chosen >= 0) {
      const auto& chosen = series.snapshots[static_cast<std::size_t>(series.chosen)].second;
      files.insert(files.end(), chosen.begin(), chosen.end());
    }
  std::sort(files.begin(), files.end());
  for (const int i : files) fleet.file_used[static_cast<std::size_t>(i)] = true;
  return files;
}

Lookups read_lookups(const Store& store, Fleet& fleet) {
  Lookups lookups;
  for (const int i : files_in_force(fleet, {RecordKind::lookup})) {
    const ImportedFile& file = fleet.files[static_cast<std::size_t>(i)];
    store.each_lookup(file.id, [&](const LookupRow& row, std::uint64_t) {
      lookups.try_emplace(file.org + '\x1f' + file.vendor + '\x1f' + row.key, row);
    });
  }
  return lookups;
}

/// Every product held, bought or offered by a vendor that occurs here, sorted by id.
void add_products(Fleet& fleet, const std::vector<AccountNode>& nodes, const std::vector<DraftLine>& lines) {
  std::set<std::string> held, vendors;
  for (const AccountNode& node : nodes)
    for (const auto& [id, holding] : node.holdings) held.insert(id);
  for (const DraftLine& line : lines) held.insert(line.product);
  for (const Assume& assume : fleet.policy->assumptions)
    if (const Product* product = fleet.catalog->resolve("", assume.product, true)) held.insert(product->id);
  for (const ImportedFile& file : fleet.files) vendors.insert(file.vendor);
  for (const std::string& id : held)
    if (const Product* product = fleet.catalog->find(id)) vendors.insert(product->vendor);
  for (const Product& product : fleet.catalog->products) {
    if (vendors.count(product.vendor) == 0) continue;
    held.erase(product.id);
    fleet.products.push_back({product.id, product.name, product.vendor, &product, {}, {}});
  }
  for (const std::string& id : held) fleet.products.push_back({id, id, "", nullptr, {}, {}});
  std::sort(fleet.products.begin(), fleet.products.end(),
            [](const FleetProduct& a, const FleetProduct& b) { return a.id < b.id; });
  number_features(fleet, {vendors.begin(), vendors.end()});
}

/// The most any file holds: the same people stand in each of them.
std::int64_t count_concealed(const Fleet& fleet) {
  std::int64_t most = 0;
  for (const ImportedFile& file : fleet.files) {
    const auto found = file.skipped.find(std::string(concealed_reason));
    if (found != file.skipped.end()) most = std::max(most, static_cast<std::int64_t>(found->second));
  }
  return most;
}

void add_newest_days(Fleet& fleet, const std::map<Feed, Day>& newest) {
  for (const auto& [feed, day] : newest) {
    const int org = fleet.org_index(feed.first);
    if (org < 0) continue;
    const auto [at, fresh] = fleet.last_activity.try_emplace({org, feed.second}, day);
    at->second = std::max(at->second, day);
  }
}

void add_proofs(const StoredBlock& block, int file, const std::vector<int>& actions, Day as_of, Account& account) {
  FactReader facts(block.facts);
  for (PackedFact fact; facts.next(fact);) {
    if (as_of < fact.first) continue;
    const int action = actions.at(fact.action);
    const auto use = std::lower_bound(account.uses.begin(), account.uses.end(), action,
                                      [](const Use& each, int wanted) { return each.action < wanted; });
    if (use != account.uses.end() && use->action == action)
      use->proofs.push_back({file, fact.first, fact.last, fact.first_line, fact.last_line});
  }
}

}  // namespace

Fleet load_fleet(const Store& store, const Policy& policy, const Catalog& catalog, const FleetOptions& options) {
  Fleet fleet;
  fleet.policy = &policy;
  fleet.catalog = &catalog;
  take_files(store, fleet, options);
  settle_date(fleet, options);
  fleet.concealed = count_concealed(fleet);
  ProductTable products(catalog);
  const auto series = snapshot_series(fleet.files, fleet.as_of, policy.snapshot_slack_days.value,
                                      {RecordKind::users, RecordKind::assignments});
  const Selection* only = options.only == nullptr ? nullptr : &options.only->records;
  SnapshotReader reader(store, fleet, products, read_lookups(store, fleet), only);
  std::vector<AccountNode> nodes;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].chosen < 0) continue;
    const auto org =
        std::find_if(fleet.orgs.begin(), fleet.orgs.end(), [&](const FleetOrg& o) { return o.name == series[i].org; });
    for (AccountNode& node : reader.read(series[i], static_cast<int>(i))) {
      node.org = static_cast<int>(org - fleet.orgs.begin());
      nodes.push_back(std::move(node));
    }
  }
  std::vector<DraftLine> lines =
      read_entitlements(store, fleet, products, files_in_force(fleet, {RecordKind::entitlements}));
  add_products(fleet, nodes, lines);
  add_entitlements(fleet, std::move(lines));
  std::vector<std::map<Day, Evidence>> used_on;
  build_accounts(fleet, series, std::move(nodes), products, GrantedRights(store, fleet, series), used_on);
  number_persons(fleet);
  classify(fleet);
  add_hr_facts(store, fleet, files_in_force(fleet, {RecordKind::departures, RecordKind::leave}), only);
  add_activity(store, fleet, used_on, only);
  if (options.only != nullptr) add_newest_days(fleet, options.only->newest);
  add_coverage(fleet, series);
  start_clocks(fleet);
  return fleet;
}

void load_proofs(const Store& store, Fleet& fleet, const std::vector<int>& accounts) {
  std::unordered_map<std::int64_t, int> file_index;
  for (std::size_t i = 0; i < fleet.files.size(); ++i) file_index[fleet.files[i].id] = static_cast<int>(i);
  const ActionIndex actions = action_numbers(store, fleet);
  std::vector<std::uint64_t> actors;
  std::unordered_multimap<std::uint64_t, Account*> named;
  for (const int index : accounts) {
    Account& account = fleet.accounts[static_cast<std::size_t>(index)];
    for (Use& use : account.uses) use.proofs.clear();
    actors.insert(actors.end(), account.actors.begin(), account.actors.end());
    for (const std::uint64_t actor : account.actors) named.emplace(actor, &account);
  }
  const auto visit = [&](const StoredBlock& block) {
    const auto file = file_index.find(block.file);
    if (file == file_index.end()) return;
    const std::string& org = fleet.files[static_cast<std::size_t>(file->second)].org;
    const auto [first, last] = named.equal_range(identity_hash(block.id, block.login, block.email));
    for (auto at = first; at != last; ++at)
      if (fleet.orgs[static_cast<std::size_t>(at->second->org)].name == org)
        add_proofs(block, file->second, actions.at(block.file), fleet.as_of, *at->second);
  };
  // Looking up one identity costs as much as reading a few that lie beside each other.
  constexpr std::size_t look_up = 4, few = 32;
  if (actors.size() <= few || actors.size() * look_up < fleet.accounts.size()) {
    store.each_block_of(actors, visit);
  } else {
    store.each_block(visit);
  }
  for (const int index : accounts)
    for (Use& use : fleet.accounts[static_cast<std::size_t>(index)].uses)
      std::sort(use.proofs.begin(), use.proofs.end(), [](const Proof& a, const Proof& b) {
        return std::tie(a.file, b.last, a.last_line, a.first_line) <
               std::tie(b.file, a.last, b.last_line, b.first_line);
      });
}

void load_stranger_proofs(const Store& store, Fleet& fleet) {
  std::vector<std::uint64_t> identities;
  std::map<std::tuple<std::string, std::string, std::uint64_t>, UnknownActor*> strangers;  // by org, vendor, identity
  for (UnknownActor& actor : fleet.unknown_actors) {
    actor.proofs.clear();
    identities.push_back(actor.identity);
    strangers[{fleet.orgs[static_cast<std::size_t>(actor.org)].name, actor.vendor, actor.identity}] = &actor;
  }
  std::unordered_map<std::int64_t, int> file_index;
  for (std::size_t i = 0; i < fleet.files.size(); ++i) file_index[fleet.files[i].id] = static_cast<int>(i);
  store.each_block_of(identities, [&](const StoredBlock& block) {
    const auto at = file_index.find(block.file);
    if (at == file_index.end()) return;
    const ImportedFile& file = fleet.files[static_cast<std::size_t>(at->second)];
    const auto stranger = strangers.find({file.org, file.vendor, block.actor});
    if (stranger == strangers.end()) return;
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);)
      if (fact.first <= fleet.as_of)
        stranger->second->proofs.push_back({at->second, fact.first, fact.last, fact.first_line, fact.last_line});
  });
  const auto newest = [&](const Proof& proof) { return proof.last <= fleet.as_of ? proof.last : proof.first; };
  for (UnknownActor& actor : fleet.unknown_actors)
    std::sort(actor.proofs.begin(), actor.proofs.end(), [&](const Proof& a, const Proof& b) {
      return std::tuple(newest(b), a.file, a.last_line, a.first_line) <
             std::tuple(newest(a), b.file, b.last_line, b.first_line);
    });
}

}  // namespace seatlint
