// SPDX-License-Identifier: Apache-2.0
// Joins are late: activity is stored under the identity the log names and finds its account here, so that the order
// of imports never matters.
#include "fleet/activity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/numbered_texts.hpp"
#include "fleet/product_table.hpp"
#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

constexpr int unknown = -1, ambiguous = -2;

/// Finds an account by what a log calls it.
class AccountIndex {
 public:
  explicit AccountIndex(const Fleet& fleet) {
    for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
      const Account& account = fleet.accounts[i];
      names_of(account.org, any_vendor).put(account, static_cast<int>(i));
      names_of(account.org, account.vendor).put(account, static_cast<int>(i));
    }
  }

  /// Accounts of the log's own vendor go first; a log of another vendor finds whom it names alone in the org.
  int find(int org, const std::string& vendor, const Identity& actor) const {
    const int own = find_scoped(org, vendor, actor);
    return own == unknown ? find_scoped(org, any_vendor, actor) : own;
  }

 private:
  static constexpr const char* any_vendor = "*";

  /// Whom a text names, by what it is of them, best first.
  struct Named {
    int by_id = unknown, by_login = unknown, by_email = unknown, by_alias = unknown, by_folded_id = unknown;
  };

  class Names {
   public:
    void put(const Account& account, int index) {
      const Identity& identity = account.identity;
      put(identity.id, &Named::by_id, index);
      put(account.key, &Named::by_id, index);
      // A log without a column of its own for ids names them where logins stand, folded like those.
      put(fold_case(account.key), &Named::by_folded_id, index);
      put(identity.login, &Named::by_login, index);
      put(identity.email, &Named::by_email, index);
      for (const std::string& alias : identity.aliases) put(alias, &Named::by_alias, index);
    }
    int find(const std::string& text) const {
      int result = unknown;
      const int number = texts_.find(text);
      if (number < 0) return result;
      const Named& named = named_[static_cast<std::size_t>(number)];
      for (const int account : {named.by_id, named.by_login, named.by_email, named.by_alias, named.by_folded_id}) {
        if (account >= 0) return account;
        if (account == ambiguous) result = ambiguous;
      }
      return result;
    }

   private:
    NumberedTexts texts_;
    std::vector<Named> named_;

    void put(const std::string& text, int Named::*how, int index) {
      if (text.empty()) return;
      const auto number = static_cast<std::size_t>(texts_.add(text));
      if (number == named_.size()) named_.emplace_back();
      int& account = named_[number].*how;
      if (account == unknown) account = index;
      if (account != index) account = ambiguous;
    }
  };

  std::map<std::pair<int, std::string>, Names> names_;  ///< by org and vendor

  Names& names_of(int org, const std::string& vendor) { return names_[{org, vendor}]; }

  int find_scoped(int org, const std::string& vendor, const Identity& actor) const {
    const auto names = names_.find({org, vendor});
    if (names == names_.end()) return unknown;
    int result = unknown;
    for (const std::string* key : {&actor.id, &actor.login, &actor.email}) {
      const int account = key->empty() ? unknown : names->second.find(*key);
      if (account >= 0) return account;
      if (account == ambiguous) result = ambiguous;
    }
    return result;
  }
};

void add_actions(const Store& store, Fleet& fleet) {
  std::set<std::pair<std::string, ActionKey>> all;  // a report must not depend on how files number them
  for (StoredAction& action : store.actions()) all.emplace(std::move(action.vendor), std::move(action.key));
  for (const auto& [vendor, key] : all) {
    FleetAction action{vendor, key.object, key.verb, key.app, key.environment, key.machine, false, false, {}};
    action.sign_in = action.object == "session" && action.verb == "sign-in";
    action.features = features_of(fleet, action);
    fleet.actions.push_back(std::move(action));
  }
}

/// Whom a log identity names.
struct ActorTarget {
  int account = unknown;
  int unknown_actor = -1;
};

/// Log identities of one org and vendor, each joined once.
class Joins {
 public:
  Joins(Fleet& fleet, const AccountIndex& accounts) : fleet_(fleet), accounts_(accounts) {}

  ActorTarget find(int org, const std::string& vendor, const StoredBlock& block) {
    actor_.id = block.id, actor_.login = block.login, actor_.email = block.email;
    const int account = accounts_.find(org, vendor, actor_);
    if (account < 0) return {account, stranger(org, vendor, account)};
    std::vector<std::uint64_t>& known = fleet_.accounts[static_cast<std::size_t>(account)].actors;
    const std::uint64_t hash = identity_hash(block.id, block.login, block.email);
    if (std::find(known.begin(), known.end(), hash) == known.end()) known.push_back(hash);
    return {account, -1};
  }
  /// Unknown actors by whom several accounts may be meant.
  const std::vector<std::pair<int, std::string>>& shared_keys() const { return shared_keys_; }

 private:
  /// The same identity in several files is one.
  int stranger(int org, const std::string& vendor, int account) {
    const Identity& actor = actor_;
    std::string text = std::to_string(org) + '\x1f' + vendor + '\x1f';
    text.append(actor.id).append(1, '\x1f').append(actor.login).append(1, '\x1f').append(actor.email);
    const auto [at, fresh] = strangers_.try_emplace(text, static_cast<int>(fleet_.unknown_actors.size()));
    if (!fresh) return at->second;
    const std::string& key = !actor.login.empty() ? actor.login : !actor.email.empty() ? actor.email : actor.id;
    const std::uint64_t hash = identity_hash(actor.id, actor.login, actor.email);
    fleet_.unknown_actors.push_back({org, vendor, key, Day{INT32_MAX}, Day{INT32_MIN}, 0, true, {}, hash});
    if (account == ambiguous) shared_keys_.emplace_back(at->second, key);
    return at->second;
  }

  Fleet& fleet_;
  const AccountIndex& accounts_;
  std::unordered_map<std::string, int> strangers_;  ///< indexes into Fleet::unknown_actors
  std::vector<std::pair<int, std::string>> shared_keys_;
  Identity actor_;  ///< of the block looked at; kept for its memory
};

/// Somebody was active on this day: the feed was alive.
void note_feed(Fleet& fleet, int org, const std::string& vendor, Day day) {
  const auto [at, fresh] = fleet.last_activity.try_emplace({org, vendor}, day);
  if (!fresh) at->second = std::max(at->second, day);
}

/// A file of activity, as its blocks need it.
struct Log {
  const ImportedFile* file = nullptr;
  int org = 0;
  std::vector<int> actions;   ///< fleet actions by the file's own numbers
  std::optional<Day> newest;  ///< of anybody's activity, up to the audit date
};

std::unordered_map<std::int64_t, Log> logs_of(const Store& store, const Fleet& fleet) {
  ActionIndex actions = action_numbers(store, fleet);
  std::unordered_map<std::int64_t, Log> logs;
  for (const ImportedFile& file : fleet.files) {
    const auto org =
        std::find_if(fleet.orgs.begin(), fleet.orgs.end(), [&](const FleetOrg& o) { return o.name == file.org; });
    logs[file.id] = {&file, static_cast<int>(org - fleet.orgs.begin()), std::move(actions[file.id]), {}};
  }
  return logs;
}

/// The days of the next action that has some up to the audit date.
bool next_days(FactReader& facts, PackedFact& fact, Day as_of, Log& log, DayBits& days) {
  while (facts.next(fact)) {
    if (as_of < fact.first) continue;
    fact.add_to(days);
    if (as_of < fact.last) days.truncate_after(as_of);
    log.newest = std::max(log.newest, std::optional(days.last()));
    return true;
  }
  return false;
}

void add_use(Account& account, int action, DayBits days) {
  const auto at =
      std::find_if(account.uses.begin(), account.uses.end(), [&](const Use& use) { return use.action == action; });
  if (at != account.uses.end()) {
    at->days.merge(days);
  } else {
    account.uses.push_back({action, std::move(days), {}});
  }
}

void add_uses(const StoredBlock& block, Log& log, Day as_of, Account& account) {
  const bool first_block = account.uses.empty();
  FactReader facts(block.facts);
  PackedFact fact;
  for (DayBits days; next_days(facts, fact, as_of, log, days); days = {}) {
    const int action = log.actions.at(fact.action);
    if (!first_block) {
      add_use(account, action, std::move(days));
      continue;
    }
    if (account.uses.empty()) account.uses.reserve(16);
    account.uses.push_back({action, std::move(days), {}});
  }
}

void add_stranger_days(const StoredBlock& block, Log& log, Fleet& fleet, int index, DayBits& all) {
  UnknownActor& stranger = fleet.unknown_actors[static_cast<std::size_t>(index)];
  FactReader facts(block.facts);
  PackedFact fact;
  for (DayBits days; next_days(facts, fact, fleet.as_of, log, days); days = {}) {
    const int action = log.actions.at(fact.action);
    stranger.first = std::min(stranger.first, days.first());
    stranger.last = std::max(stranger.last, days.last());
    stranger.machine = stranger.machine && fleet.actions[static_cast<std::size_t>(action)].machine;
    all.merge(days);
  }
}

/// A snapshot's own last-activity values are days of use, too: machine ones where the log saw only a machine sign in.
void add_column_days(Fleet& fleet, const std::vector<std::map<Day, Evidence>>& used_on) {
  std::map<std::pair<std::string, bool>, int> column_action;
  const auto action_of = [&](const std::string& vendor, bool machine) {
    const auto [at, fresh] = column_action.try_emplace({vendor, machine}, static_cast<int>(fleet.actions.size()));
    if (fresh) {
      FleetAction action{vendor, "session", "sign-in", "", "", machine, true, true, {}};
      action.features.set(0);
      fleet.actions.push_back(std::move(action));
    }
    return at->second;
  };
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    Account& account = fleet.accounts[i];
    for (const auto& [day, evidence] : used_on[i]) {
      bool machine = false, human = false;
      for (const Use& use : account.uses) {
        const FleetAction& action = fleet.actions[static_cast<std::size_t>(use.action)];
        if (!action.sign_in || action.from_column || action.vendor != account.vendor || !use.days.test(day)) continue;
        (action.machine ? machine : human) = true;
      }
      const bool by_machine = machine && !human;
      if (account.last_activity.kind == LastActivity::Kind::on && account.last_activity.day == day)
        account.last_activity_machine = by_machine;
      note_feed(fleet, account.org, account.vendor, day);
      DayBits days;
      days.add(day);
      add_use(account, action_of(account.vendor, by_machine), std::move(days));
    }
    std::sort(account.uses.begin(), account.uses.end(), [](const Use& a, const Use& b) { return a.action < b.action; });
  }
}

/// Identities of every snapshot up to the audit date (and the slack), whether it takes part or not: whoever stands in
/// one is not unknown. Later ones must not change what was said of the day.
std::set<std::string> known_to_snapshots(const Store& store, const Fleet& fleet, const Selection* only) {
  std::set<std::string> keys;
  for (const ImportedFile& file : fleet.files) {
    if (file.kind != RecordKind::users && file.kind != RecordKind::assignments) continue;
    if (file.snapshot_date > fleet.as_of + fleet.policy->snapshot_slack_days.value) continue;
    const auto visit = [&](const UserRow& row, std::uint64_t) {
      for (const std::string* key : {&row.identity.id, &row.identity.login, &row.identity.email})
        if (!key->empty()) keys.insert(file.org + '\x1f' + file.vendor + '\x1f' + fold_case(*key));
      for (const std::string& alias : row.identity.aliases)
        keys.insert(file.org + '\x1f' + file.vendor + '\x1f' + fold_case(alias));
    };
    store.each_user(file.id, visit, only);
  }
  return keys;
}

}  // namespace

ActionIndex action_numbers(const Store& store, const Fleet& fleet) {
  const auto key_of = [](const FleetAction& action) {
    return std::pair(action.vendor,
                     ActionKey{action.object, action.verb, action.app, action.environment, action.machine});
  };
  std::map<std::pair<std::string, ActionKey>, int> index;
  for (std::size_t i = 0; i < fleet.actions.size(); ++i)
    if (!fleet.actions[i].from_column) index.emplace(key_of(fleet.actions[i]), static_cast<int>(i));
  ActionIndex numbers;
  for (StoredAction& action : store.actions())
    numbers[action.file].push_back(index.at({std::move(action.vendor), std::move(action.key)}));
  return numbers;
}

void add_activity(const Store& store, Fleet& fleet, const std::vector<std::map<Day, Evidence>>& used_on,
                  const Selection* only) {
  add_actions(store, fleet);
  const AccountIndex accounts(fleet);
  Joins joins(fleet, accounts);
  std::unordered_map<std::int64_t, Log> logs = logs_of(store, fleet);
  std::vector<DayBits> stranger_days;
  const auto visit = [&](const StoredBlock& block) {
    const auto at = logs.find(block.file);
    if (at == logs.end()) return;
    Log& log = at->second;
    const ActorTarget target = joins.find(log.org, log.file->vendor, block);
    if (target.account >= 0)
      return add_uses(block, log, fleet.as_of, fleet.accounts[static_cast<std::size_t>(target.account)]);
    stranger_days.resize(fleet.unknown_actors.size());
    add_stranger_days(block, log, fleet, target.unknown_actor,
                      stranger_days[static_cast<std::size_t>(target.unknown_actor)]);
  };
  store.each_block(visit, only);
  for (const auto& [id, log] : logs)
    if (log.newest) note_feed(fleet, log.org, log.file->vendor, *log.newest);
  for (std::size_t i = 0; i < stranger_days.size(); ++i)
    fleet.unknown_actors[i].days = static_cast<int>(stranger_days[i].count());
  add_column_days(fleet, used_on);
  for (const auto& [stranger, key] : joins.shared_keys())
    if (fleet.unknown_actors[static_cast<std::size_t>(stranger)].days > 0)
      fleet.diagnostics.push_back(
          {"", 0, 0,
           fmt::format("\"{}\": several accounts answer to it; its activity is not counted", printable(key))});
  std::erase_if(fleet.unknown_actors, [](const UnknownActor& stranger) { return stranger.days == 0; });
  if (fleet.unknown_actors.empty()) return;
  const std::set<std::string> known = known_to_snapshots(store, fleet, only);
  std::erase_if(fleet.unknown_actors, [&](const UnknownActor& stranger) {
    return known.count(fleet.orgs[static_cast<std::size_t>(stranger.org)].name + '\x1f' + stranger.vendor + '\x1f' +
                       fold_case(stranger.key)) > 0;
  });
  std::sort(fleet.unknown_actors.begin(), fleet.unknown_actors.end(), [](const UnknownActor& a, const UnknownActor& b) {
    return std::tie(a.org, a.vendor, a.key) < std::tie(b.org, b.vendor, b.key);
  });
}

}  // namespace seatlint
