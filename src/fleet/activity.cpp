// SPDX-License-Identifier: Apache-2.0
// Accounts get what logs say of them; whoever is nobody's account is a stranger.
#include "fleet/activity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "fleet/attach_activity.hpp"
#include "fleet/log_join.hpp"
#include "fleet/product_table.hpp"
#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

using NamedAction = std::pair<std::string, ActionKey>;  ///< vendor and what it logs

/// Actions of all logs, and what each file's numbers mean.
void add_actions(const Store& store, Fleet& fleet) {
  std::unordered_map<std::int64_t, int> file_of;  // by the store's number
  for (std::size_t i = 0; i < fleet.files.size(); ++i) file_of[fleet.files[i].id] = static_cast<int>(i);
  std::map<NamedAction, int> all;  // a report must not depend on how files number them
  std::vector<StoredAction> stored = store.actions();
  for (const StoredAction& action : stored) all.try_emplace({action.vendor, action.key});
  for (auto& [named, index] : all) {
    const auto& [vendor, key] = named;
    index = static_cast<int>(fleet.actions.size());
    FleetAction action{vendor, key.object, key.verb, key.app, key.environment, key.machine, false, false, {}};
    action.sign_in = action.object == "session" && action.verb == "sign-in";
    action.features = features_of(fleet, action);
    fleet.actions.push_back(std::move(action));
  }
  fleet.log_actions.resize(fleet.files.size());
  for (StoredAction& action : stored)
    if (const auto file = file_of.find(action.file); file != file_of.end())
      fleet.log_actions[static_cast<std::size_t>(file->second)].push_back(
          all.at({std::move(action.vendor), std::move(action.key)}));
}

/// Log identities that no account answers to. The same one in several files is one.
class Strangers {
 public:
  explicit Strangers(Fleet& fleet) : fleet_(fleet) {}

  void add(const NamedBlock& block) {
    const ImportedFile& log = fleet_.files[static_cast<std::size_t>(block.logged.file)];
    const int org = fleet_.org_index(log.org);
    const std::string& vendor = log.vendor;
    std::string text = std::to_string(org) + '\x1f' + vendor + '\x1f';
    text.append(block.id).append(1, '\x1f').append(block.login).append(1, '\x1f').append(block.email);
    const auto [at, fresh] = numbers_.try_emplace(text, static_cast<int>(fleet_.unknown_actors.size()));
    if (fresh) {
      const std::string_view key = !block.login.empty() ? block.login : !block.email.empty() ? block.email : block.id;
      fleet_.unknown_actors.push_back({org, vendor, std::string(key), Day{INT32_MAX}, Day{INT32_MIN}, 0, true, {}});
      days_.emplace_back();
      if (block.several) shared_keys_.emplace_back(at->second, key);
    }
    fleet_.unknown_actors[static_cast<std::size_t>(at->second)].blocks.push_back(block.logged);
    add_days(block.logged, at->second);
  }

  /// The newest day of those in one file, up to the audit date.
  std::optional<Day> newest(int file) const {
    const auto at = newest_.find(file);
    return at == newest_.end() ? std::nullopt : std::optional(at->second);
  }

  void finish() {
    for (std::size_t i = 0; i < days_.size(); ++i) fleet_.unknown_actors[i].days = static_cast<int>(days_[i].count());
    for (const auto& [stranger, key] : shared_keys_)
      if (fleet_.unknown_actors[static_cast<std::size_t>(stranger)].days > 0)
        fleet_.diagnostics.push_back(
            {"", 0, 0,
             fmt::format("\"{}\": several accounts answer to it; its activity is not counted", printable(key))});
    std::erase_if(fleet_.unknown_actors, [](const UnknownActor& stranger) { return stranger.days == 0; });
  }

 private:
  Fleet& fleet_;
  std::unordered_map<std::string, int> numbers_;  ///< indexes into Fleet::unknown_actors
  std::vector<DayBits> days_;
  std::map<int, Day> newest_;  ///< by file
  std::vector<std::pair<int, std::string>> shared_keys_;

  void add_days(const LoggedBlock& logged, int number) {
    UnknownActor& stranger = fleet_.unknown_actors[static_cast<std::size_t>(number)];
    const std::vector<int>& actions = fleet_.log_actions[static_cast<std::size_t>(logged.file)];
    FactReader facts(logged.facts);
    for (PackedFact fact; facts.next(fact);) {
      if (fleet_.as_of < fact.first) continue;
      DayBits days;
      fact.add_to(days);
      days.truncate_after(fleet_.as_of);
      stranger.first = std::min(stranger.first, days.first());
      stranger.last = std::max(stranger.last, days.last());
      const auto action = static_cast<std::size_t>(actions.at(fact.action));
      stranger.machine = stranger.machine && fleet_.actions[action].machine;
      const auto [at, fresh] = newest_.try_emplace(logged.file, days.last());
      at->second = std::max(at->second, days.last());
      days_[static_cast<std::size_t>(number)].merge(days.view());
    }
  }
};

/// Somebody was active on this day: the feed was alive.
void note_feed(Fleet& fleet, int org, std::string_view vendor, Day day) {
  const auto [at, fresh] = fleet.last_activity.try_emplace({org, std::string(vendor)}, day);
  if (!fresh) at->second = std::max(at->second, day);
}

/// Whoever stands in a snapshot up to the audit date (and the slack) is not unknown, whether it takes part or not.
/// Later ones must not change what was said of the day.
void drop_known_to_snapshots(const Store& store, Fleet& fleet, const Selection* only) {
  const auto name = [](std::string_view org, std::string_view vendor, std::string_view key) {
    return std::string(org).append(1, '\x1f').append(vendor).append(1, '\x1f').append(key);
  };
  std::unordered_map<std::string, bool> known;  // by name
  for (const UnknownActor& stranger : fleet.unknown_actors)
    known[name(fleet.orgs[static_cast<std::size_t>(stranger.org)].name, stranger.vendor, fold_case(stranger.key))];
  for (const ImportedFile& file : fleet.files) {
    if (file.kind != RecordKind::users && file.kind != RecordKind::assignments) continue;
    if (file.snapshot_date > fleet.as_of + fleet.policy->snapshot_slack_days.value) continue;
    const auto note = [&](std::string_view key) {
      const auto at = known.find(name(file.org, file.vendor, fold_case(key)));
      if (at != known.end()) at->second = true;
    };
    const auto visit = [&](const UserRow& row, std::uint64_t) {
      for (const std::string* key : {&row.identity.id, &row.identity.login, &row.identity.email})
        if (!key->empty()) note(*key);
      for (const std::string& alias : row.identity.aliases) note(alias);
    };
    store.each_user(file.id, visit, only);
  }
  std::erase_if(fleet.unknown_actors, [&](const UnknownActor& stranger) {
    return known.at(
        name(fleet.orgs[static_cast<std::size_t>(stranger.org)].name, stranger.vendor, fold_case(stranger.key)));
  });
}

}  // namespace

void add_activity(const Store& store, Fleet& fleet, const AccountIndex& accounts, const Selection* only) {
  add_actions(store, fleet);
  const JoinedLogs logs = join_logs(store, fleet, accounts, only);
  Strangers strangers(fleet);
  for (const NamedBlock& stranger : logs.strangers) strangers.add(stranger);
  const NewestDays newest = attach_activity(fleet, logs);
  for (std::size_t i = 0; i < fleet.files.size(); ++i) {
    const ImportedFile& log = fleet.files[i];
    if (const auto day = std::max(newest.by_file[i], strangers.newest(static_cast<int>(i))))
      note_feed(fleet, fleet.org_index(log.org), log.vendor, *day);
  }
  for (const auto& [feed, day] : newest.by_column) note_feed(fleet, feed.first, feed.second, day);
  strangers.finish();
  if (fleet.unknown_actors.empty()) return;
  drop_known_to_snapshots(store, fleet, only);
  std::sort(fleet.unknown_actors.begin(), fleet.unknown_actors.end(), [](const UnknownActor& a, const UnknownActor& b) {
    return std::tie(a.org, a.vendor, a.key) < std::tie(b.org, b.vendor, b.key);
  });
}

}  // namespace seatlint
