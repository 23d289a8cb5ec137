// SPDX-License-Identifier: Apache-2.0
// Takes old days out of day sets, proofs and coverage alike: a day without evidence must not count as a day without
// use.
#include "store/retention.hpp"

#include <nlohmann/json.hpp>

#include "store/name_index.hpp"
#include "store/sealed_content.hpp"
#include "store/stored_activity.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

class Pruning {
 public:
  Pruning(const Database& db, Day first_kept) : db_(db), first_kept_(first_kept.days) {}

  Pruned run() {
    leave();
    snapshots();
    activity();
    coverage();
    return pruned_;
  }

 private:
  std::int64_t change(std::string_view sql) const {
    Statement statement = db_.prepare(sql);
    statement.bind(1, first_kept_).run();
    return db_.integer("SELECT changes()");
  }

  void leave() {
    const std::string_view ended = "SELECT file_id FROM person_row WHERE to_day < ?1";
    change(
        "UPDATE imported_file SET (rows_stored, rows_skipped, skipped) = ("
        "SELECT rows_stored - n, rows_skipped + n, json_set(skipped, '$.pruned', "
        "ifnull(json_extract(skipped, '$.pruned'), 0) + n) FROM ("
        "SELECT count(*) AS n FROM person_row p WHERE p.file_id = imported_file.id AND p.to_day < ?1)) WHERE id IN (" +
        std::string(ended) + ")");
    pruned_.records += change("DELETE FROM person_row WHERE to_day < ?1");
  }

  void remove_files(const std::vector<std::int64_t>& files) {
    for (const std::int64_t file : files) {
      each_user_row(db_, file, 0, [&](const UserRow&, std::uint64_t) {
        ++pruned_.records;
        return true;
      });
      db_.prepare("DELETE FROM user_block WHERE file_id = ?1").bind(1, file).run();
      for (const char* table : {"entitlement_row", "person_row", "lookup_row"}) {
        db_.prepare(std::string("DELETE FROM ") + table + " WHERE file_id = ?1").bind(1, file).run();
        pruned_.records += db_.integer("SELECT changes()");
      }
      remove_activity_of_file(db_, file);
      db_.prepare("DELETE FROM imported_file WHERE id = ?1").bind(1, file).run();
      ++pruned_.files;
    }
  }

  std::vector<std::int64_t> files_where(std::string_view sql) const {
    Statement row = db_.prepare(sql);
    row.bind(1, first_kept_);
    std::vector<std::int64_t> files;
    while (row.step()) files.push_back(row.integer(0));
    return files;
  }

  void snapshots() {
    remove_files(files_where(
        "SELECT id FROM imported_file f WHERE kind <> 'activity' AND snapshot_date < ?1 AND EXISTS ("
        "SELECT 1 FROM imported_file n WHERE n.org_id = f.org_id AND n.profile = f.profile AND n.kind = f.kind "
        "AND n.snapshot_date > f.snapshot_date)"));
  }

  void activity() { pruned_.day_sets = remove_days_before(db_, Day{static_cast<std::int32_t>(first_kept_)}); }

  void coverage() {
    remove_files(
        files_where("SELECT id FROM imported_file WHERE kind = 'activity' AND max(ifnull(last_day, -1), "
                    "ifnull(covers_last, -1)) < ?1 "
                    "AND (last_day IS NOT NULL OR covers_last IS NOT NULL)"));
    change("UPDATE imported_file SET first_day = max(first_day, ?1) WHERE kind = 'activity' AND first_day < ?1");
    change(
        "UPDATE imported_file SET covers_first = max(covers_first, ?1) WHERE kind = 'activity' AND covers_first < ?1");
    change("UPDATE imported_file SET cap_edge = NULL WHERE cap_edge < ?1");
    // Whatever ended before is no range any longer.
    change("UPDATE imported_file SET first_day = NULL, last_day = NULL WHERE kind = 'activity' AND last_day < ?1");
    change(
        "UPDATE imported_file SET covers_first = NULL, covers_last = NULL WHERE kind = 'activity' AND covers_last < "
        "?1");
  }

  const Database& db_;
  std::int64_t first_kept_;
  Pruned pruned_;
};

}  // namespace

Pruned prune(Store& store, Day first_kept, Day today, bool dry_run) {
  const Database& db = store.database();
  db.execute("PRAGMA secure_delete = ON");
  WriteTransaction transaction(db);
  db.execute("SAVEPOINT trial");
  const Pruned pruned = Pruning(db, first_kept).run();
  db.execute("ROLLBACK TO trial");
  if (!pruned.nothing() && !dry_run) {
    require_sound(db);
    Pruning(db, first_kept).run();
    index_all_names(db);
    Chain(db).note("prune", nlohmann::json{{"on", to_string(today)}, {"first_kept", to_string(first_kept)}}.dump());
    seal_again(db, "prune");
  }
  transaction.commit();
  return pruned;
}

}  // namespace seatlint
