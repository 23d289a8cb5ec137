// SPDX-License-Identifier: Apache-2.0
// Deletes a person's records, then every mention in the records of others.
#include "store/erase.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "store/audited_seats.hpp"
#include "store/mentions.hpp"
#include "store/name_index.hpp"
#include "store/sealed_content.hpp"
#include "store/stored_activity.hpp"
#include "store/tombstones.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

/// The rows are skipped ones now: read = stored + rejected + skipped + duplicate stays true.
std::int64_t count_as_forgotten(const Database& db, const std::vector<StoredPerson::Row>& rows) {
  Statement ledger = db.prepare(
      "UPDATE imported_file SET rows_stored = rows_stored - 1, rows_skipped = rows_skipped + 1, "
      "skipped = json_set(skipped, '$.forgotten', ifnull(json_extract(skipped, '$.forgotten'), 0) + 1) WHERE id = ?1");
  for (const StoredPerson::Row& row : rows) ledger.bind(1, row.file).run();
  return static_cast<std::int64_t>(rows.size());
}

std::int64_t remove_users(const Database& db, const std::vector<StoredPerson::Row>& rows) {
  std::set<std::pair<std::int64_t, std::int64_t>> gone;
  for (const StoredPerson::Row& row : rows) gone.emplace(row.file, row.line);
  edit_user_rows(db, [&](std::int64_t file, std::uint64_t line, const UserRow&) {
    return gone.contains({file, static_cast<std::int64_t>(line)}) ? Edit::removed : Edit::none;
  });
  return count_as_forgotten(db, rows);
}

std::int64_t remove_hr_rows(const Database& db, const std::vector<StoredPerson::Row>& rows) {
  Statement statement = db.prepare("DELETE FROM person_row WHERE file_id = ?1 AND line = ?2");
  for (const StoredPerson::Row& row : rows) statement.bind(1, row.file).bind(2, row.line).run();
  return count_as_forgotten(db, rows);
}

std::vector<std::string> names_of_files(const Database& db, const StoredPerson& person) {
  std::set<std::int64_t> files;
  for (const auto* rows : {&person.user_rows, &person.hr_rows})
    for (const StoredPerson::Row& row : *rows) files.insert(row.file);
  for (const BlockKey& block : person.log_identities) files.insert(block.file);
  std::vector<std::string> names;
  Statement name = db.prepare("SELECT name FROM imported_file WHERE id = ?1");
  for (const std::int64_t file : files) {
    if (name.bind(1, file).step()) names.emplace_back(name.text(0));
    name.reset();
  }
  std::sort(names.begin(), names.end());
  return names;
}

void erase(Store& store, const StoredPerson& person, Day today, Erasure& erasure) {
  const Database& db = store.database();
  erasure.files = names_of_files(db, person);
  erasure.user_rows = remove_users(db, person.user_rows);
  erasure.hr_rows = remove_hr_rows(db, person.hr_rows);
  for (const BlockKey& block : person.log_identities) remove_block(db, block);
  erasure.log_identities = static_cast<std::int64_t>(person.log_identities.size());
  // Verdicts name seats by number: without its name a number says nothing.
  erase_audited_seats(db, person.audited_seats);
  erasure.audited_seats = static_cast<std::int64_t>(person.audited_seats.size());
  const RemovedMentions removed = remove_mentions(db, person);
  erasure.mentions = removed.count;
  index_all_names(db);
  erasure.tombstones = Tombstones::add(store, person.keys, removed.managers);
  const nlohmann::json says{{"on", to_string(today)},
                            {"records", erasure.user_rows + erasure.hr_rows + erasure.log_identities}};
  Chain(db).note("forget", says.dump());
  // Waivers may name a person: without its salt the commitment to the old ones says nothing.
  for (const Unit& unit : Chain(db).sealed_units())
    if (unit.name == waivers_unit) Chain(db).drop("forget", unit, "{}");
  seal_again(db, "forget");
}

}  // namespace

Erasure erase_person(Store& store, const std::string& user, Day today, bool dry_run) {
  const Database& db = store.database();
  db.execute("PRAGMA secure_delete = ON");
  WriteTransaction transaction(db);
  Erasure erasure;
  const StoredPerson person = find_person(store, user);
  if (!person.empty()) {
    require_sound(db);
    erase(store, person, today, erasure);
  }
  if (!dry_run) transaction.commit();
  return erasure;
}

void scrub(const Store& store) {
  const Database& db = store.database();
  db.execute("VACUUM");
  Statement row = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  if (row.step() && row.integer(0) != 0)
    throw Error(store.path() +
                    ": erased, but its write-ahead log still holds old pages, since another process reads the "
                    "store; run this again when it is done",
                Error::Kind::try_again);
}

}  // namespace seatlint
