// SPDX-License-Identifier: Apache-2.0
// Puts the fleet together, in the order in which each part needs the one before.
#include "fleet/load.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <set>

#include "base/in_parallel.hpp"
#include "fleet/accounts.hpp"
#include "fleet/activity.hpp"
#include "fleet/audit_date.hpp"
#include "fleet/coverage.hpp"
#include "fleet/entitlements.hpp"
#include "fleet/people.hpp"
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
void add_products(Fleet& fleet, const ProductTable& products, const std::vector<AccountNode>& nodes,
                  const std::vector<DraftLine>& lines) {
  std::set<std::string> held, vendors;
  std::vector<bool> seen;  // by number of the product
  for (const AccountNode& node : nodes)
    for (const Holding& holding : node.holdings) {
      const auto number = static_cast<std::size_t>(holding.product);
      if (number >= seen.size()) seen.resize(number + 1, false);
      if (!seen[number]) held.emplace(products.id(holding.product));
      seen[number] = true;
    }
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

bool worth_a_thread(const Fleet& fleet) { return fleet.accounts.size() > 5000 && processors() > 1; }

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
  fleet.memory.push_back(std::make_shared<Arena>());
  auto holdings = std::make_unique<Arena>();  // until they have become seats
  SnapshotReader reader(store, fleet, products, read_lookups(store, fleet), only, *holdings);
  std::vector<AccountNode> nodes;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].chosen < 0) continue;
    std::vector<AccountNode> found = reader.read(series[i], static_cast<int>(i));
    if (nodes.empty()) {
      nodes = std::move(found);
    } else {
      nodes.insert(nodes.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    }
  }
  std::vector<DraftLine> lines =
      read_entitlements(store, fleet, products, files_in_force(fleet, {RecordKind::entitlements}));
  add_products(fleet, products, nodes, lines);
  add_entitlements(fleet, std::move(lines));
  build_accounts(fleet, series, std::move(nodes), products, GrantedRights(store, fleet, series));
  holdings.reset();
  classify(fleet);
  {
    const AccountIndex accounts(fleet);
    // Persons are found by what activity neither reads nor writes.
    auto persons = std::async(worth_a_thread(fleet) ? std::launch::async : std::launch::deferred,
                              [&] { number_persons(fleet, accounts); });
    add_activity(store, fleet, accounts, only);
    persons.get();
  }
  add_hr_facts(store, fleet, files_in_force(fleet, {RecordKind::departures, RecordKind::leave}), only);
  if (options.only != nullptr) add_newest_days(fleet, options.only->newest);
  add_coverage(fleet, series);
  start_clocks(fleet);
  return fleet;
}

}  // namespace seatlint
