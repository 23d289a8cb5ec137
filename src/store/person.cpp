// SPDX-License-Identifier: Apache-2.0
// Grows a set of keys over all records until it no longer grows: rare enough that a few scans of the store are fine.
#include "store/person.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

#include "store/audited_seats.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

enum class From { snapshot, hr, log };

/// One stored record that names somebody.
struct Holder {
  From from = From::snapshot;
  std::int64_t file = 0, line = 0;
  BlockKey block;  ///< of a log, instead of file and line
  std::int64_t org = 0;
  std::string vendor, name;
  Identity identity;
};

void each_snapshot_row(const Database& db, const std::function<void(const Holder&)>& visit) {
  Statement file = db.prepare("SELECT id, org_id, vendor FROM imported_file ORDER BY id");
  Holder holder;
  while (file.step()) {
    holder.file = file.integer(0), holder.org = file.integer(1), holder.vendor = file.text(2);
    each_user_row(db, holder.file, user_part::identity | user_part::person,
                  [&](const UserRow& row, std::uint64_t line) {
                    holder.line = static_cast<std::int64_t>(line);
                    holder.name = row.name;
                    holder.identity = row.identity;
                    visit(holder);
                    return true;
                  });
  }
}

void each_hr_row(const Database& db, const std::function<void(const Holder&)>& visit) {
  Statement row = db.prepare(
      "SELECT p.file_id, p.line, f.org_id, f.vendor, p.login, p.email, p.hr_id FROM person_row p "
      "JOIN imported_file f ON f.id = p.file_id ORDER BY p.file_id, p.line");
  const auto text = [&](int at) { return std::string(row.text(at)); };
  while (row.step())
    visit({From::hr,
           row.integer(0),
           row.integer(1),
           {},
           row.integer(2),
           text(3),
           {},
           {{}, text(4), text(5), {}, {}, text(6)}});
}

void each_log(const Database& db, const std::function<void(const Holder&)>& visit) {
  each_log_identity(db, [&](const LogIdentity& log) {
    visit({From::log, 0, 0, log.key, log.org, log.vendor, {}, log.identity});
  });
}

void each_holder(const Database& db, const std::function<void(const Holder&)>& visit) {
  each_snapshot_row(db, visit);
  each_hr_row(db, visit);
  each_log(db, visit);
}

bool answers_to(const Identity& identity, const std::string& key) {
  for (const std::string* own :
       {&identity.id, &identity.login, &identity.email, &identity.federation_id, &identity.hr_id})
    if (!own->empty() && fold_case(*own) == key) return true;
  return std::any_of(identity.aliases.begin(), identity.aliases.end(),
                     [&](const std::string& alias) { return fold_case(alias) == key; });
}

class Search {
 public:
  explicit Search(const Database& db) : db_(db) {}

  StoredPerson grow(const Holder& seed) {
    take(seed);
    for (std::size_t before = 0; before != keys_.size();) {
      before = keys_.size();
      scan();
    }
    return found_;
  }

 private:
  /// A key with the org it is worth something in.
  static std::pair<std::int64_t, IdentityKey> in_org(std::int64_t org, IdentityKey key) {
    return {key.strong ? 0 : org, std::move(key)};
  }
  /// Weak keys of HR files and of logs of another vendor join whoever alone has them in the org.
  static std::string across_vendors(std::int64_t org, const IdentityKey& key) {
    return std::to_string(org) + ' ' + key.value;
  }

  void take(const Holder& holder) {
    for (IdentityKey& key : identity_keys(holder.vendor, holder.identity)) {
      if (holder.from == From::snapshot && !key.strong) own_weak_.insert(across_vendors(holder.org, key));
      found_.keys.insert(key);
      keys_.insert(in_org(holder.org, std::move(key)));
    }
    if (!holder.name.empty()) found_.names.insert(holder.name);
  }

  bool mine(const Holder& holder) const {
    const auto keys = identity_keys(holder.vendor, holder.identity);
    return std::any_of(keys.begin(), keys.end(), [&](const IdentityKey& key) {
      if (keys_.contains(in_org(holder.org, key))) return true;
      const std::string across = across_vendors(holder.org, key);
      return !key.strong && holder.from != From::snapshot && own_weak_.contains(across) && !others_.contains(across);
    });
  }

  void scan() {
    found_.user_rows.clear();
    found_.hr_rows.clear();
    found_.log_identities.clear();
    others_.clear();
    each_snapshot_row(db_, [&](const Holder& holder) {
      if (mine(holder)) {
        take(holder);
        found_.user_rows.push_back({holder.file, holder.line});
      } else {
        for (const IdentityKey& key : identity_keys(holder.vendor, holder.identity))
          if (!key.strong) others_.insert(across_vendors(holder.org, key));
      }
    });
    const auto take_if_mine = [&](const Holder& holder) {
      if (!mine(holder)) return;
      take(holder);
      if (holder.from == From::hr) {
        found_.hr_rows.push_back({holder.file, holder.line});
      } else {
        found_.log_identities.push_back(holder.block);
      }
    };
    each_hr_row(db_, take_if_mine);
    each_log(db_, take_if_mine);
  }

  const Database& db_;
  StoredPerson found_;
  std::set<std::pair<std::int64_t, IdentityKey>> keys_;
  std::set<std::string> own_weak_, others_;
};

bool includes(const StoredPerson& person, const Holder& holder) {
  if (holder.from == From::log)
    return std::find(person.log_identities.begin(), person.log_identities.end(), holder.block) !=
           person.log_identities.end();
  const auto& rows = holder.from == From::hr ? person.hr_rows : person.user_rows;
  return std::any_of(rows.begin(), rows.end(),
                     [&](const StoredPerson::Row& row) { return row.file == holder.file && row.line == holder.line; });
}

std::string shown(const Holder& holder) {
  const Identity& identity = holder.identity;
  for (const std::string* key : {&identity.email, &identity.login, &identity.id, &identity.hr_id})
    if (!key->empty()) return *key;
  return "?";
}

/// Recorded audits call an account by its id or, where it has none, by its login.
std::vector<std::int64_t> seats_audited(const Database& db, const std::set<IdentityKey>& keys) {
  std::set<std::string> names;
  for (const IdentityKey& key : keys)
    if (key.strong || key.kind == 'l' || key.kind == 'i') names.insert(key.value);
  std::vector<std::int64_t> seats;
  each_audited_seat(db, [&](std::int64_t number, const SeatName& name) {
    if (names.contains(fold_case(name.account))) seats.push_back(number);
  });
  return seats;
}

}  // namespace

StoredPerson find_person(const Store& store, const std::string& user) {
  const std::string key = fold_case(trim(user));
  const Database& db = store.database();
  std::vector<Holder> seeds;
  if (!key.empty())
    each_holder(db, [&](const Holder& holder) {
      if (answers_to(holder.identity, key)) seeds.push_back(holder);
    });
  if (seeds.empty()) return {};
  StoredPerson person = Search(db).grow(seeds.front());
  for (const Holder& seed : seeds)
    if (!includes(person, seed))
      throw Error(fmt::format("\"{}\" stands for several persons, among them {} and {}; name one by e-mail or login",
                              printable(user), printable(shown(seeds.front())), printable(shown(seed))));
  person.audited_seats = seats_audited(db, person.keys);
  return person;
}

std::optional<std::string> nearest_identity(const Store& store, const std::string& user) {
  std::vector<std::string> known;
  each_holder(store.database(), [&](const Holder& holder) { known.push_back(shown(holder)); });
  return nearest(fold_case(trim(user)), known);
}

}  // namespace seatlint
