// SPDX-License-Identifier: Apache-2.0
// Joins are late: activity is stored under the identity the log names and finds its account here, so that the order
// of imports never matters.
#include "fleet/activity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/text_table.hpp"
#include "fleet/product_table.hpp"

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
    TextTable texts_;
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

void add_actions(const Store& store, Fleet& fleet, std::unordered_map<std::int64_t, int>& index) {
  std::vector<StoredAction> all = store.actions();
  // The store numbers actions as files come in; a report must not depend on that.
  std::sort(all.begin(), all.end(), [](const StoredAction& a, const StoredAction& b) {
    return std::tie(a.vendor, a.key) < std::tie(b.vendor, b.key);
  });
  for (StoredAction& stored : all) {
    FleetAction action{std::move(stored.vendor),
                       std::move(stored.key.object),
                       std::move(stored.key.verb),
                       std::move(stored.key.app),
                       std::move(stored.key.environment),
                       stored.key.machine,
                       false,
                       false,
                       {}};
    action.sign_in = action.object == "session" && action.verb == "sign-in";
    action.features = features_of(fleet, action);
    index[stored.id] = static_cast<int>(fleet.actions.size());
    fleet.actions.push_back(std::move(action));
  }
}

struct ActorTarget {
  int org = 0;
  int account = unknown;
  int unknown_actor = -1;
};

/// Somebody was active on this day: the feed was alive.
void note_feed(Fleet& fleet, int org, const std::string& vendor, Day day) {
  const auto [at, fresh] = fleet.last_activity.try_emplace({org, vendor}, day);
  if (!fresh) at->second = std::max(at->second, day);
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
std::set<std::string> known_to_snapshots(const Store& store, const Fleet& fleet) {
  std::set<std::string> keys;
  for (const ImportedFile& file : fleet.files) {
    if (file.kind != RecordKind::users && file.kind != RecordKind::assignments) continue;
    if (file.snapshot_date > fleet.as_of + fleet.policy->snapshot_slack_days.value) continue;
    store.each_user(file.id, [&](const UserRow& row, std::uint64_t) {
      for (const std::string* key : {&row.identity.id, &row.identity.login, &row.identity.email})
        if (!key->empty()) keys.insert(file.org + '\x1f' + file.vendor + '\x1f' + fold_case(*key));
      for (const std::string& alias : row.identity.aliases)
        keys.insert(file.org + '\x1f' + file.vendor + '\x1f' + fold_case(alias));
    });
  }
  return keys;
}

}  // namespace

void add_activity(const Store& store, Fleet& fleet, const std::vector<std::map<Day, Evidence>>& used_on) {
  std::unordered_map<std::int64_t, int> action_index;
  add_actions(store, fleet, action_index);
  const AccountIndex accounts(fleet);
  std::unordered_map<std::int64_t, ActorTarget> targets;
  std::vector<std::pair<int, std::string>> shared_keys;  // of which several accounts may be meant
  for (const StoredActor& actor : store.actors()) {
    const auto org =
        std::find_if(fleet.orgs.begin(), fleet.orgs.end(), [&](const FleetOrg& o) { return o.name == actor.org; });
    if (org == fleet.orgs.end()) continue;
    const int org_index = static_cast<int>(org - fleet.orgs.begin());
    ActorTarget target{org_index, accounts.find(org_index, actor.vendor, actor.identity), -1};
    if (target.account >= 0) {
      fleet.accounts[static_cast<std::size_t>(target.account)].actors.push_back(actor.id);
    } else {
      target.unknown_actor = static_cast<int>(fleet.unknown_actors.size());
      const Identity& identity = actor.identity;
      const std::string& key = !identity.login.empty()   ? identity.login
                               : !identity.email.empty() ? identity.email
                                                         : identity.id;
      fleet.unknown_actors.push_back({org_index, actor.vendor, key, Day{INT32_MAX}, Day{INT32_MIN}, 0, true, {}});
      if (target.account == ambiguous) shared_keys.emplace_back(target.unknown_actor, key);
    }
    targets.emplace(actor.id, target);
  }
  store.each_activity([&](const StoredActivity& stored) {
    const auto target = targets.find(stored.actor);
    if (target == targets.end()) return;
    DayBits days = stored.days;
    days.truncate_after(fleet.as_of);
    if (days.empty()) return;
    const int action = action_index.at(stored.action);
    note_feed(fleet, target->second.org, fleet.actions[static_cast<std::size_t>(action)].vendor, days.last());
    if (target->second.account >= 0)
      return add_use(fleet.accounts[static_cast<std::size_t>(target->second.account)], action, std::move(days));
    UnknownActor& stranger = fleet.unknown_actors[static_cast<std::size_t>(target->second.unknown_actor)];
    stranger.first = std::min(stranger.first, days.first());
    stranger.last = std::max(stranger.last, days.last());
    stranger.days = std::max(stranger.days, static_cast<int>(days.count()));
    stranger.machine = stranger.machine && fleet.actions[static_cast<std::size_t>(action)].machine;
  });
  add_column_days(fleet, used_on);
  for (const auto& [stranger, key] : shared_keys)
    if (fleet.unknown_actors[static_cast<std::size_t>(stranger)].days > 0)
      fleet.diagnostics.push_back(
          {"", 0, 0, fmt::format("{}: several accounts answer to it; its activity is not counted", printable(key))});
  std::erase_if(fleet.unknown_actors, [](const UnknownActor& stranger) { return stranger.days == 0; });
  if (fleet.unknown_actors.empty()) return;
  const std::set<std::string> known = known_to_snapshots(store, fleet);
  std::erase_if(fleet.unknown_actors, [&](const UnknownActor& stranger) {
    return known.count(fleet.orgs[static_cast<std::size_t>(stranger.org)].name + '\x1f' + stranger.vendor + '\x1f' +
                       fold_case(stranger.key)) > 0;
  });
  std::sort(fleet.unknown_actors.begin(), fleet.unknown_actors.end(), [](const UnknownActor& a, const UnknownActor& b) {
    return std::tie(a.org, a.vendor, a.key) < std::tie(b.org, b.vendor, b.key);
  });
}

}  // namespace seatlint
