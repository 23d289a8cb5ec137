// SPDX-License-Identifier: Apache-2.0
// See opening.hpp. Whatever a file claims to be is looked at through a connection that can't write before one that
// can is opened; where no log lies beside the file even that leaves no trace.
#include "store/opening.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/new_file.hpp"
#include "store/schema.hpp"

namespace seatlint {
namespace {

namespace fs = std::filesystem;

/// The path without links in its folders: those are the administrator's, only the last name must be no link.
std::string without_links(const std::string& path) {
  std::error_code error;
  const fs::path folder = fs::canonical(fs::path(path).parent_path(), error);
  return error ? path : (folder / fs::path(path).filename()).string();
}

void refuse_what_is_no_file(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) throw Error("no store at " + path + "; import exports first, or name one with --db");
    throw Error(path + ": " + std::strerror(errno));
  }
  if (!S_ISREG(info.st_mode)) throw Error(path + ": the store must be a regular file");
}

std::int64_t size_of(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 ? std::int64_t{info.st_size} : 0;
}

bool holds_bytes(const std::string& path) { return size_of(path) > 0; }

/// Whether all of the store is in its one file.
bool at_rest(const std::string& file) { return !holds_bytes(file + "-wal") && !holds_bytes(file + "-journal"); }

/// The version of the store; 0 for an empty file. Throws for anything else than a store of this program.
std::int64_t checked_version(const Database& db, const std::string& path) {
  const std::int64_t version = db.integer("PRAGMA user_version");
  if (db.integer("SELECT count(*) FROM sqlite_schema") == 0 && version == 0) return 0;
  if (db.integer("PRAGMA application_id") != application_id)
    throw Error(path + ": an SQLite file, but not a seatlint store");
  if (version > newest_schema())
    throw Error(path + ": written by a newer seatlint (schema " + std::to_string(version) + ")");
  if (version < 0) throw Error(path + ": the store is damaged (schema " + std::to_string(version) + ")");
  const auto differences = schema_differences(db, version);
  if (!differences.empty())
    throw Error(path + ": the store is not as seatlint makes it (" + differences.front() +
                (differences.size() == 1 ? "" : ", and " + std::to_string(differences.size() - 1) + " more") +
                "); restore a backup");
  return version;
}

/// The bytes from `at` on, as many as there are of `n`; from the end of the file where `at` is negative.
std::string bytes_at(const std::string& file, std::int64_t at, std::size_t n) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(at, at < 0 ? std::ios::end : std::ios::beg);
  std::string bytes(n, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(n));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

/// Somebody was killed while writing without a write-ahead log: SQLite undoes it, on a connection that may write. Only
/// for a store of this program, and only by a journal that names no further files, which SQLite might delete.
void undo_interrupted(const std::string& file, const std::string& path, int timeout) {
  if (!holds_bytes(file + "-journal")) return;
  constexpr std::int64_t id_offset = 68;
  std::string id;
  for (int shift = 24; shift >= 0; shift -= 8) id += static_cast<char>(application_id >> shift);
  if (bytes_at(file, id_offset, id.size()) != id) return;  // told apart further on
  const std::string several{"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8};
  if (bytes_at(file + "-journal", -8, 8) == several)
    throw Error(path + "-journal: it names other files, which no journal of a store does; restore a backup");
  Database(file, Database::Access::write, timeout).integer("SELECT count(*) FROM sqlite_schema");
}

struct Looked {
  std::int64_t version = 0;
  std::optional<Database> db;  ///< what was looked through, where others may write meanwhile
};

Looked look_at(const std::string& file, const std::string& path, int timeout) {
  undo_interrupted(file, path, timeout);
  if (at_rest(file)) {
    try {
      return {checked_version(Database(file, Database::Access::at_rest, timeout), path), std::nullopt};
    } catch (const Error&) {
      if (at_rest(file)) throw;  // else somebody has begun to write meanwhile: look again, by the rules
    }
  }
  Database db(file, Database::Access::read, timeout);
  const std::int64_t version = checked_version(db, path);
  return {version, std::move(db)};
}

/// The new store takes its name complete: nobody ever meets half of one.
bool place_new_store(const std::string& file, int timeout) {
  NewFile made(file);
  {
    const Database db(made.path(), Database::Access::write, timeout);
    db.execute("BEGIN IMMEDIATE");
    upgrade_schema(db, 0);
    db.execute("COMMIT");
  }
  return made.place();
}

/// Another process may have been faster: the version is asked again once writing is ours.
void migrate(const Database& db, const std::string& file) {
  db.begin_write();
  const std::int64_t version = db.integer("PRAGMA user_version");
  if (version != 0 && version < newest_schema()) {
    NewFile copy(file + ".schema-" + std::to_string(version));
    // SQLite copies nothing from a connection that is about to write.
    copy_database(Database(file, Database::Access::read, 0), Database(copy.path(), Database::Access::write, 0));
    copy.replace();
  }
  if (version < newest_schema()) upgrade_schema(db, version);
  db.execute("COMMIT");
}

/// False where the file system can't share memory, and while somebody uses a store that has no log yet.
bool has_write_ahead_log(const Database& db) {
  try {
    Statement mode = db.prepare("PRAGMA journal_mode = WAL");
    return mode.step() && mode.text(0) == "wal";
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::try_again) throw;
    return false;
  }
}

/// What whoever makes a store imports into it is written once, in place: there is nothing yet that a log would protect.
void make_durable_as_well_as_can_be(const Database& db, bool new_store) {
  const bool wal = !new_store && has_write_ahead_log(db);
  db.execute(wal ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = EXTRA");
}

/// Whoever reads the store and notes a line in it closes the reading connection last, and that can't take the log away:
/// it would grow line by line, and all of it is read again by whoever opens the store next.
void shorten_log(const Database& db, const std::string& file, int timeout) {
  constexpr std::int64_t long_log = 256 << 10;
  if (size_of(file + "-wal") < long_log) return;
  db.set_lock_timeout(0);
  try {
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const Error&) {  // what stands in the log is as good
  }
  db.set_lock_timeout(timeout);
}

Database open_for_writing(const std::string& file, std::int64_t version, int timeout, bool new_store) {
  Database db(file, Database::Access::write, timeout);
  make_durable_as_well_as_can_be(db, new_store);
  if (version < newest_schema()) migrate(db, file);
  return db;
}

Database open_for_reading(const std::string& file, const std::string& path, Looked looked, int timeout) {
  if (looked.version == 0) throw Error("the store at " + path + " is empty; import exports first");
  if (!looked.db) {
    // Without the right to write there SQLite can't share a store with others, but nobody writes there either.
    const bool frozen = at_rest(file) && ::access(fs::path(file).parent_path().c_str(), W_OK) != 0;
    looked.db.emplace(file, frozen ? Database::Access::at_rest : Database::Access::read, timeout);
  }
  if (looked.version == newest_schema()) return std::move(*looked.db);
  Database upgraded(":memory:", Database::Access::write, 0);
  copy_database(*looked.db, upgraded);
  upgrade_schema(upgraded, looked.version);
  return upgraded;
}

/// A second name for what `file` holds now, one that is still free.
std::string keep_under_other_name(const std::string& file) {
  for (int n = 1; n < 1000; ++n) {
    const std::string kept = file + ".before-restore-" + std::to_string(n);
    if (::link(file.c_str(), kept.c_str()) == 0) return kept;
    if (errno != EEXIST) throw Error(kept + ": can't keep the old store: " + std::strerror(errno));
  }
  throw Error(file + ": a thousand old stores lie beside it; remove some of them");
}

/// Holds the store at `file` so that nobody else reads or writes it, its log written back; nullopt: it is no database
/// any more.
std::optional<Database> hold(const std::string& file, int timeout) {
  try {
    Database db(file, Database::Access::write, timeout);
    Statement mode = db.prepare("PRAGMA journal_mode = DELETE");
    const bool alone = mode.step() && mode.text(0) == "delete";
    mode.reset();
    if (!alone) throw Error(file + ": used by another process; try again", Error::Kind::try_again);
    db.execute("BEGIN EXCLUSIVE");
    return db;
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::try_again) throw;
    return std::nullopt;
  }
}

}  // namespace

std::string replace_store(const std::string& path, const Database& with, int lock_timeout_ms) {
  const std::string file = without_links(path);
  NewFile made(file);
  {
    const Database db(made.path(), Database::Access::write, 0);
    copy_database(with, db);
    db.execute("PRAGMA journal_mode = WAL");
  }
  struct stat info {};
  if (::lstat(file.c_str(), &info) != 0 && errno == ENOENT) {
    if (!made.place()) throw Error(path + ": made by another process just now; try again", Error::Kind::try_again);
    return {};
  }
  refuse_what_is_no_file(file);
  const auto held = hold(file, lock_timeout_ms);
  const std::string kept = keep_under_other_name(file);
  // The log of a broken store must not be taken for one of the new.
  if (!held)
    for (const char* suffix : {"-wal", "-shm", "-journal"}) ::rename((file + suffix).c_str(), (kept + suffix).c_str());
  made.replace();
  if (held) held->execute("ROLLBACK");
  return kept;
}

/// SQLite takes its file away as soon as it has opened it.
static Database temporary_database() {
  Database db("", Database::Access::write, 0);
  upgrade_schema(db, 0);
  return db;
}

Database open_database(const std::string& path, Store::Open how, int lock_timeout_ms, bool& created) {
  if (how == Store::Open::temporary) return temporary_database();
  const std::string file = without_links(path);
  struct stat info {};
  if (how == Store::Open::create && ::lstat(file.c_str(), &info) != 0 && errno == ENOENT)
    created = place_new_store(file, lock_timeout_ms);
  refuse_what_is_no_file(file);
  Looked looked = look_at(file, path, lock_timeout_ms);
  if (how == Store::Open::read) return open_for_reading(file, path, std::move(looked), lock_timeout_ms);
  return open_for_writing(file, looked.version, lock_timeout_ms, created);
}

Database open_again_for_writing(const std::string& path, int lock_timeout_ms) {
  const std::string file = without_links(path);
  Database db(file, Database::Access::write, lock_timeout_ms);
  bool created = false;
  if (checked_version(db, path) != newest_schema())
    return open_database(path, Store::Open::write, lock_timeout_ms, created);
  make_durable_as_well_as_can_be(db, false);
  shorten_log(db, file, lock_timeout_ms);
  return db;
}

void finish_new_store(const Database& db, const std::string& path) {
  const auto unused = [&] { return db.integer("SELECT count(*) FROM imported_file") == 0; };
  try {
    db.set_lock_timeout(0);
    if (!unused()) return make_durable_as_well_as_can_be(db, false);
    // Only the last one to have it open can leave the write-ahead log, and take the whole file for itself.
    Statement mode = db.prepare("PRAGMA journal_mode = DELETE");
    if (!mode.step() || mode.text(0) != "delete") return;
    mode.reset();
    db.execute("BEGIN EXCLUSIVE");
    const bool removed = unused() && !db.has_moved() && ::unlink(without_links(path).c_str()) == 0;
    db.execute("ROLLBACK");
    if (!removed) make_durable_as_well_as_can_be(db, false);
  } catch (const std::exception&) {  // in use, not readable any more, or no memory: better looked at than removed
  }
}

}  // namespace seatlint
