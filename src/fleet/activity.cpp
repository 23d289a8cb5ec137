// SPDX-License-Identifier: Apache-2.0
// Joins are late: activity is stored under the identity the log names and finds its account here, so that the order
// of imports never matters.
#include "fleet/activity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <unordered_map>

#include "base/in_parallel.hpp"
#include "fleet/account_index.hpp"
#include "fleet/product_table.hpp"
#include "fleet/use_builder.hpp"
#include "ingest/activity_block.hpp"
#include "store/log_rows.hpp"

namespace seatlint {
namespace {

using NamedAction = std::pair<std::string, ActionKey>;  ///< vendor and what it logs

/// Actions of all logs, and what each file's numbers mean.
void add_actions(const Store& store, Fleet& fleet, const std::unordered_map<std::int64_t, int>& file_of) {
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

/// A block of a log and whom it names.
struct KeptBlock {
  LoggedBlock logged;
  std::uint64_t actor = 0;
  std::string_view id, login, email;
};

/// What all logs say, in the order in which they were imported.
std::vector<KeptBlock> all_blocks(const Store& store, const Fleet& fleet) {
  Arena& memory = *fleet.memory.front();
  std::map<std::int64_t, int> logs;  // by the store's number
  for (std::size_t i = 0; i < fleet.files.size(); ++i)
    if (fleet.files[i].kind == RecordKind::activity) logs[fleet.files[i].id] = static_cast<int>(i);
  std::vector<KeptBlock> kept;
  for (const auto& [id, log] : logs)
    each_log_block(store.database(), id, [&, log = log](std::string_view block) {
      LogRow row;
      for (LogBlockReader rows(memory.keep(block)); rows.next(row);)
        kept.push_back({{log, row.facts}, static_cast<std::uint64_t>(row.actor), row.id, row.login, row.email});
    });
  return kept;
}

std::vector<KeptBlock> selected_blocks(const Store& store, const Fleet& fleet,
                                       const std::unordered_map<std::int64_t, int>& file_of, const Selection& only) {
  Arena& memory = *fleet.memory.front();
  std::vector<KeptBlock> kept;
  store.each_block(
      [&](const StoredBlock& block) {
        const auto file = file_of.find(block.file);
        if (file == file_of.end()) return;
        kept.push_back({{file->second, memory.keep(block.facts)},
                        block.actor,
                        memory.keep(block.id),
                        memory.keep(block.login),
                        memory.keep(block.email)});
      },
      &only);
  return kept;
}

/// The account that each block is about, or what AccountIndex says instead.
std::vector<int> join(const Fleet& fleet, const std::vector<KeptBlock>& blocks) {
  constexpr std::size_t fewest = 2000;  // for which a thread is worth its while
  const AccountIndex accounts(fleet);
  std::vector<AccountIndex::Scope> scopes;  // by file
  for (const ImportedFile& file : fleet.files) scopes.push_back(accounts.scope(fleet.org_index(file.org), file.vendor));
  std::vector<int> joined(blocks.size());
  in_parallel(blocks.size(), fewest, [&](std::size_t first, std::size_t last, std::size_t) {
    std::array<AccountIndex::Asked, 256> asked;
    for (std::size_t at = first; at < last; at += asked.size()) {
      const std::size_t count = std::min(asked.size(), last - at);
      for (std::size_t i = 0; i < count; ++i) {
        const KeptBlock& block = blocks[at + i];
        asked[i] = {scopes[static_cast<std::size_t>(block.logged.file)], block.id, block.login, block.email};
      }
      accounts.find(std::span(asked).first(count), std::span(joined).subspan(at, count));
    }
  });
  return joined;
}

/// Log identities that no account answers to. The same one in several files is one.
class Strangers {
 public:
  explicit Strangers(Fleet& fleet) : fleet_(fleet) {}

  /// `many`: several accounts answer to it.
  void add(const KeptBlock& block, bool many) {
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
      if (many) shared_keys_.emplace_back(at->second, key);
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

void note_column_feeds(Fleet& fleet, const ColumnDays& days) {
  std::map<std::pair<int, std::string_view>, Day> newest;
  for (const auto& [index, day] : days) {
    const Account& account = fleet.accounts[static_cast<std::size_t>(index)];
    Day& known = newest.try_emplace({account.org, account.vendor}, day).first->second;
    known = std::max(known, day);
  }
  for (const auto& [feed, day] : newest) note_feed(fleet, feed.first, feed.second, day);
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

void add_activity(const Store& store, Fleet& fleet, const ColumnDays& column_days, const Selection* only) {
  std::unordered_map<std::int64_t, int> file_of;  // by the store's number
  for (std::size_t i = 0; i < fleet.files.size(); ++i) file_of[fleet.files[i].id] = static_cast<int>(i);
  add_actions(store, fleet, file_of);
  const std::vector<KeptBlock> kept =
      only == nullptr ? all_blocks(store, fleet) : selected_blocks(store, fleet, file_of, *only);
  Strangers strangers(fleet);
  std::vector<JoinedBlock> joined;
  {
    const std::vector<int> accounts = join(fleet, kept);
    joined.reserve(kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (accounts[i] < 0)
        strangers.add(kept[i], accounts[i] == AccountIndex::ambiguous);
      else
        joined.push_back({accounts[i], kept[i].actor, kept[i].logged});
    }
  }
  std::vector<std::optional<Day>> newest = build_uses(fleet, std::move(joined), column_days);
  for (std::size_t i = 0; i < fleet.files.size(); ++i) {
    const ImportedFile& log = fleet.files[i];
    if (const auto day = std::max(newest[i], strangers.newest(static_cast<int>(i))))
      note_feed(fleet, fleet.org_index(log.org), log.vendor, *day);
  }
  note_column_feeds(fleet, column_days);
  strangers.finish();
  if (fleet.unknown_actors.empty()) return;
  drop_known_to_snapshots(store, fleet, only);
  std::sort(fleet.unknown_actors.begin(), fleet.unknown_actors.end(), [](const UnknownActor& a, const UnknownActor& b) {
    return std::tie(a.org, a.vendor, a.key) < std::tie(b.org, b.vendor, b.key);
  });
}

}  // namespace seatlint
