// SPDX-License-Identifier: Apache-2.0
// Loads little, asks what is missing, and loads again with somebody who shows it.
#include "fleet/one_person.hpp"

#include <algorithm>
#include <set>

#include "fleet/audit_date.hpp"
#include "fleet/product_table.hpp"
#include "store/holdings.hpp"
#include "store/key_search.hpp"
#include "store/newest_day.hpp"
#include "store/text_list.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_holders =
    3;  // of one combination of products; more would hardly convince where these do not

bool lists_users(const ImportedFile& file) {
  return file.kind == RecordKind::users || file.kind == RecordKind::assignments;
}

class PersonLoad {
 public:
  PersonLoad(const Store& store, const Policy& policy, const Catalog& catalog, const FleetOptions& options,
             std::string key)
      : store_(store), policy_(policy), catalog_(catalog), options_(options), key_(std::move(key)) {
    files_ = store.files();
    if (!options.org.empty()) std::erase_if(files_, [&](const ImportedFile& f) { return f.org != options.org; });
    as_of_ = options.as_of.value_or(newest_evidence(files_, options.today).value_or(options.today));
    horizon_ = as_of_ + policy.snapshot_slack_days.value;
    series_ =
        snapshot_series(files_, as_of_, policy.snapshot_slack_days.value, {RecordKind::users, RecordKind::assignments});
  }

  std::optional<Fleet> load() {
    KeySearch search(store_, readable());
    search.add_person(key_);
    orgs_ = search.orgs();
    FleetPart part;
    if (!newest_days(part.newest)) return std::nullopt;
    auto fleet = load_selected(search, part);
    if (!fleet) return std::nullopt;
    const std::set<Holding> open = unsettled(*fleet);
    if (open.empty()) return fleet;
    if (!holdings_are_plain()) return std::nullopt;
    if (!add_holders(search, open)) return fleet;
    fleet = load_selected(search, part);
    return fleet && still_named(*fleet) ? std::nullopt : std::move(fleet);
  }

 private:
  using Holding = std::pair<std::string, std::string>;  ///< org and product id

  const Store& store_;
  const Policy& policy_;
  const Catalog& catalog_;
  const FleetOptions& options_;
  const std::string key_;
  std::vector<ImportedFile> files_;
  std::vector<SnapshotSeries> series_;
  std::set<std::string> orgs_;
  std::set<Holding> named_;  ///< that records of others name
  Day as_of_, horizon_;

  /// Later snapshots say nothing of the day.
  std::vector<ImportedFile> readable() const {
    std::vector<ImportedFile> files = files_;
    std::erase_if(files, [&](const ImportedFile& file) { return lists_users(file) && file.snapshot_date > horizon_; });
    return files;
  }

  std::vector<const ImportedFile*> chosen_files(const std::string& org) const {
    std::vector<const ImportedFile*> files;
    for (const SnapshotSeries& one : series_) {
      if (one.chosen < 0 || one.org != org) continue;
      for (const int file : one.snapshots[static_cast<std::size_t>(one.chosen)].second)
        files.push_back(&files_[static_cast<std::size_t>(file)]);
    }
    return files;
  }

  std::optional<Fleet> load_selected(KeySearch& search, FleetPart& part) const {
    auto records = search.selection();
    if (!records) return std::nullopt;
    part.records = std::move(*records);
    FleetOptions options = options_;
    options.only = &part;
    return load_fleet(store_, policy_, catalog_, options);
  }

  /// False: since when a feed is silent is everybody's business, where snapshots have a column for it, too.
  bool newest_days(std::map<Feed, Day>& newest) const {
    std::map<Feed, bool> has_column;
    for (const ImportedFile& file : files_) {
      if (!orgs_.contains(file.org) || (!lists_users(file) && file.kind != RecordKind::activity)) continue;
      has_column[{file.org, file.vendor}] |= file.has_last_activity && file.snapshot_date <= horizon_;
    }
    const Day enough = as_of_ - policy_.feed_gap_days.value;
    for (const auto& [feed, column] : has_column) {
      std::optional<Day> day = newest_in_logs(feed, enough);
      if (column && (!day || *day < enough)) {
        if (!column_is_alive(feed, {enough, as_of_})) return false;
        day = enough;
      }
      if (day) newest[feed] = *day;
    }
    return true;
  }

  std::optional<Day> newest_in_logs(const Feed& feed, Day enough) const {
    std::vector<const ImportedFile*> logs;
    for (const ImportedFile& file : files_)
      if (file.kind == RecordKind::activity && Feed(file.org, file.vendor) == feed && file.days &&
          file.days->first <= as_of_)
        logs.push_back(&file);
    std::sort(logs.begin(), logs.end(),
              [](const ImportedFile* a, const ImportedFile* b) { return a->days->last > b->days->last; });
    std::optional<Day> newest;
    for (const ImportedFile* log : logs) {
      if (newest && (*newest >= enough || *newest >= log->days->last)) break;
      newest = std::max(newest, newest_day_of_log(store_.database(), log->id, as_of_, enough));
    }
    return newest;
  }

  bool column_is_alive(const Feed& feed, DayRange days) const {
    for (const ImportedFile* file : chosen_files(feed.first))
      if (file->vendor == feed.second && file->has_last_activity && column_names_day(store_.database(), file->id, days))
        return true;
    return false;
  }

  /// Products that may not share an environment with another one, and of which this fleet does not tell whether anybody
  /// beside the accounts asked for holds them.
  std::set<Holding> unsettled(const Fleet& fleet) const {
    std::set<std::string> vendors, exclusive;
    std::set<int> asked;
    for (std::size_t i = 0; i < fleet.accounts.size(); ++i)
      if (answers_to(fleet.accounts[i], key_)) asked.insert(static_cast<int>(i));
    for (const Seat& seat : fleet.seats)
      if (asked.contains(seat.account)) vendors.insert(fleet.products[static_cast<std::size_t>(seat.product)].vendor);
    for (const FleetProduct& product : fleet.products) {
      if (product.known == nullptr || !vendors.contains(product.vendor)) continue;
      const std::vector<std::string>& others = product.known->not_in_environment_with;
      if (others.empty()) continue;
      exclusive.insert(product.id);
      exclusive.insert(others.begin(), others.end());
    }
    std::set<Holding> open;
    for (const int account : asked)
      for (const std::string& id : exclusive) {
        const auto beside = [&](const Seat& seat) {
          return seat.account != account && seat.org == fleet.accounts[static_cast<std::size_t>(account)].org &&
                 fleet.products[static_cast<std::size_t>(seat.product)].id == id;
        };
        if (std::none_of(fleet.seats.begin(), fleet.seats.end(), beside))
          open.emplace(fleet.orgs[static_cast<std::size_t>(fleet.accounts[static_cast<std::size_t>(account)].org)].name,
                       id);
      }
    return open;
  }

  /// What somebody holds may hang on more than his own records.
  bool holdings_are_plain() const {
    return policy_.assumptions.empty() &&
           std::all_of(policy_.contracts.begin(), policy_.contracts.end(),
                       [](const Contract& one) { return one.covers.empty(); }) &&
           std::none_of(files_.begin(), files_.end(),
                        [](const ImportedFile& file) { return file.kind == RecordKind::lookup; });
  }

  /// Whether there are any.
  bool add_holders(KeySearch& search, const std::set<Holding>& open) {
    ProductTable products(catalog_);
    for (const std::string& org : orgs_)
      for (const ImportedFile* file : chosen_files(org)) {
        const std::vector<std::uint64_t> own = search.own_lines(file->id);
        for (const HeldNames& names : holdings_of(store_.database(), file->id, own, most_holders))
          if (name_any(products, *file, names, open)) search.add_others(file->id, names.lines);
      }
    return !named_.empty();
  }

  bool name_any(ProductTable& products, const ImportedFile& file, const HeldNames& names,
                const std::set<Holding>& open) {
    bool any = false;
    for (const std::string* list : {&names.direct, &names.by_group})
      for (const std::string& text : texts_of(*list))
        for (const std::string& id : products.resolve_list(file.vendor, text)) {
          if (!open.contains({file.org, id})) continue;
          named_.emplace(file.org, id);
          any = true;
        }
    return any;
  }

  /// Whether a record of others names a product that nobody added turned out to hold.
  bool still_named(const Fleet& fleet) const {
    const std::set<Holding> open = unsettled(fleet);
    return std::any_of(open.begin(), open.end(), [&](const Holding& one) { return named_.contains(one); });
  }
};

}  // namespace

bool answers_to(const Account& account, const std::string& key) {
  if (key.empty()) return false;
  const AccountIdentity& identity = account.identity;
  for (const std::string_view own :
       {account.key, identity.id, identity.login, identity.email, account.more().hr_id, account.more().federation_id})
    if (fold_case(own) == key) return true;
  return std::any_of(account.more().aliases.begin(), account.more().aliases.end(),
                     [&](std::string_view alias) { return fold_case(alias) == key; });
}

std::optional<Fleet> load_person(const Store& store, const Policy& policy, const Catalog& catalog,
                                 const FleetOptions& options, const std::string& key) {
  return PersonLoad(store, policy, catalog, options, key).load();
}

}  // namespace seatlint
