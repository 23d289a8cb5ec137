// SPDX-License-Identifier: Apache-2.0
// Typed reads: rows of the store back as the values they were made from.
#include <algorithm>

#include "ingest/activity_block.hpp"
#include "store/log_rows.hpp"
#include "store/selection.hpp"
#include "store/store.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

std::uint64_t line_of(const Statement& row) { return static_cast<std::uint64_t>(row.integer(0)); }

StoredBlock stored(std::int64_t file, const LogRow& row) {
  return {file, static_cast<std::uint64_t>(row.actor), row.id, row.login, row.email, row.facts};
}

std::vector<std::int64_t> logs_of(const Database& db) {
  Statement file = db.prepare("SELECT id FROM imported_file WHERE kind = 'activity' ORDER BY id");
  std::vector<std::int64_t> logs;
  while (file.step()) logs.push_back(file.integer(0));
  return logs;
}

/// Visits the rows of one file, or those of its lines that are selected. `select` says what of them.
void each_row(const Database& db, std::string select, std::int64_t file, const Selection* only,
              const std::function<void(const Statement&)>& visit) {
  select += only == nullptr ? " WHERE file_id = ?1 ORDER BY line" : " WHERE file_id = ?1 AND line = ?2";
  Statement row = db.prepare(select);
  row.bind(1, file);
  const auto run = [&] {
    while (row.step()) visit(row);
    row.reset();
  };
  if (only == nullptr) return run();
  const auto lines = only->lines.find(file);
  if (lines == only->lines.end()) return;
  for (const std::uint64_t line : lines->second) {
    row.bind(2, static_cast<std::int64_t>(line));
    run();
  }
}

}  // namespace

void Store::each_user(std::int64_t file, const std::function<void(const UserRow&, std::uint64_t)>& visit,
                      const Selection* only) const {
  if (only != nullptr) return each_selected_user_row(db_, file, *only, visit);
  each_user_row(db_, file, user_part::all, [&](const UserRow& row, std::uint64_t line) {
    visit(row, line);
    return true;
  });
}

LicenseIds Store::license_ids(std::int64_t file) const {
  LicenseIds found;
  each_user_row(db_, file, user_part::holdings, [&](const UserRow& row, std::uint64_t) {
    // A profile either has the column or has it not: the first row speaks for all of them.
    if (found.of == LicenseIds::Of::nothing && row.license_id)
      found.of = row.has_products ? LicenseIds::Of::seats : LicenseIds::Of::rights;
    if (found.of != LicenseIds::Of::seats) return false;
    found.ids.insert(row.license_id.value_or(""));
    return true;
  });
  return found;
}

std::vector<std::string> Store::logins() const {
  std::vector<std::string> logins;
  Statement file = db_.prepare("SELECT id FROM imported_file WHERE kind IN ('users', 'assignments')");
  while (file.step())
    each_user_row(db_, file.integer(0), user_part::identity, [&](const UserRow& row, std::uint64_t) {
      const Identity& who = row.identity;
      for (const std::string* name : {&who.login, &who.email, &who.id}) {
        if (name->empty()) continue;
        logins.push_back(*name);
        break;
      }
      return true;
    });
  return logins;
}

void Store::each_entitlement(std::int64_t file,
                             const std::function<void(const EntitlementRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare(
      "SELECT line, product, quantity, assigned, price_minor, currency, term_start, term_end, notice_days, floor, "
      "reducible FROM entitlement_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step()) {
    EntitlementRow line;
    line.product = row.text(1);
    line.quantity = row.optional_integer(2);
    line.assigned = row.optional_integer(3);
    if (!row.is_null(4)) line.unit_price = Money{row.integer(4), std::string(row.text(5))};
    line.term_start = row.day(6);
    line.term_end = row.day(7);
    if (!row.is_null(8)) line.notice_days = static_cast<int>(row.integer(8));
    line.floor = row.optional_integer(9);
    line.reducible = row.text(10);
    visit(line, line_of(row));
  }
}

void Store::each_person(std::int64_t file, const std::function<void(const PersonRow&, std::uint64_t)>& visit,
                        const Selection* only) const {
  each_row(db_, "SELECT line, email, hr_id, login, last_day, from_day, to_day, share FROM person_row", file, only,
           [&](const Statement& row) {
             PersonRow person;
             person.email = row.text(1);
             person.hr_id = row.text(2);
             person.login = row.text(3);
             person.last_day = row.day(4);
             person.from = row.day(5);
             person.to = row.day(6);
             if (!row.is_null(7)) person.share = static_cast<int>(row.integer(7));
             visit(person, line_of(row));
           });
}

void Store::each_lookup(std::int64_t file, const std::function<void(const LookupRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare("SELECT line, key, name, product FROM lookup_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step())
    visit({std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))}, line_of(row));
}

std::vector<StoredAction> Store::actions() const {
  Statement row = db_.prepare(
      "SELECT a.file_id, a.number, f.vendor, a.object, a.verb, a.app, a.environment, a.machine "
      "FROM activity_action a JOIN imported_file f ON f.id = a.file_id ORDER BY a.file_id, a.number");
  std::vector<StoredAction> actions;
  while (row.step())
    actions.push_back({row.integer(0),
                       static_cast<std::uint32_t>(row.integer(1)),
                       std::string(row.text(2)),
                       {std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
                        std::string(row.text(6)), row.integer(7) != 0}});
  return actions;
}

void Store::each_block(const std::function<void(const StoredBlock&)>& visit, const Selection* only) const {
  if (only == nullptr) {
    for (const std::int64_t file : logs_of(db_))
      each_log_row(db_, file, [&](const BlockKey&, const LogRow& row) {
        visit(stored(file, row));
        return true;
      });
    return;
  }
  LogRowSearch search(db_);
  for (const BlockKey& key : only->blocks)
    search.find(key, 0, [&](const LogRow& row) { visit(stored(key.file, row)); });
}

void Store::each_block_of(std::vector<std::uint64_t> actors,
                          const std::function<void(const StoredBlock&)>& visit) const {
  constexpr std::size_t many = 2000;  // from here on one sweep over everything is quicker
  constexpr std::int64_t reach = 8;   // an identity stands at its hash or, where others share that, shortly behind
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  const auto named = [](StoredBlock block) {
    block.actor = identity_hash(block.id, block.login, block.email);
    return block;
  };
  if (actors.size() >= many)
    return each_block([&](const StoredBlock& block) {
      if (const StoredBlock own = named(block); std::binary_search(actors.begin(), actors.end(), own.actor)) visit(own);
    });
  LogRowSearch search(db_);
  Statement parts = db_.prepare("SELECT max(part) FROM activity_block WHERE file_id = ?1");
  for (const std::int64_t file : logs_of(db_)) {
    const bool any = parts.bind(1, file).step() && !parts.is_null(0);
    const std::int64_t last_part = any ? parts.integer(0) : -1;
    parts.reset();
    for (std::int64_t part = 0; part <= last_part; ++part)
      for (const std::uint64_t actor : actors)
        search.find({file, part, static_cast<std::int64_t>(actor)}, reach, [&](const LogRow& row) {
          if (const StoredBlock block = named(stored(file, row)); block.actor == actor) visit(block);
        });
  }
}

}  // namespace seatlint
