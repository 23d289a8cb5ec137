// SPDX-License-Identifier: Apache-2.0
// The only file that speaks SQLite's C interface for statements; a busy store is "try again", all else is an error.
#include "store/database.hpp"

#include <sqlite3.h>

#include <new>
#include <utility>

#include "store/fact_tables.hpp"
#include "store/log_table.hpp"
#include "store/user_table.hpp"

namespace seatlint {
namespace {

[[noreturn]] void fail(sqlite3* db, const char* doing) {
  const int code = sqlite3_errcode(db) & 0xFF;
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  const char* file = sqlite3_db_filename(db, "main");
  const std::string where = file != nullptr && *file != '\0' ? file : "store";
  const std::string says = sqlite3_errmsg(db);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_PROTOCOL)
    throw Error(where + ": locked by another process; try again, or raise --lock-timeout", Error::Kind::try_again);
  if (code == SQLITE_NOTADB) throw Error(where + ": not a seatlint store (not an SQLite file)");
  if (code == SQLITE_CORRUPT) throw Error(where + ": the store is damaged (" + says + "); restore a backup");
  if (code == SQLITE_FULL) throw Error(where + ": the disk is full; nothing was changed");
  throw Error(where + ": can't " + doing + ": " + says);
}

sqlite3* owner(sqlite3_stmt* statement) { return sqlite3_db_handle(statement); }

/// The address of a file that is taken for unchangeable; its path may hold what means something in an address.
std::string immutable_address(const std::string& path) {
  std::string address = "file:";
  for (const char c : path) address += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
  return address + "?immutable=1";
}

/// A store may come from anywhere. This is what SQLite advises for files one did not write oneself, and limits that no
/// statement of ours comes near.
void defend(sqlite3* db, bool writes) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  constexpr int most_bytes = 64 << 20, most_sql = 1 << 20;
  for (const auto& [limit, value] :
       {std::pair(SQLITE_LIMIT_LENGTH, most_bytes), std::pair(SQLITE_LIMIT_SQL_LENGTH, most_sql),
        std::pair(SQLITE_LIMIT_COLUMN, 200), std::pair(SQLITE_LIMIT_EXPR_DEPTH, 200),
        std::pair(SQLITE_LIMIT_COMPOUND_SELECT, 50), std::pair(SQLITE_LIMIT_VDBE_OP, 100'000),
        std::pair(SQLITE_LIMIT_FUNCTION_ARG, 32), std::pair(SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
        std::pair(SQLITE_LIMIT_TRIGGER_DEPTH, 10), std::pair(SQLITE_LIMIT_WORKER_THREADS, 0)})
    sqlite3_limit(db, limit, value);
  // VACUUM attaches a database of its own.
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, writes ? 1 : 0);
}

}  // namespace

Statement::Statement(sqlite3* db, std::string_view sql) {
  if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) != SQLITE_OK)
    fail(db, "prepare a statement");
}
Statement::~Statement() { sqlite3_finalize(statement_); }
Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, index, value) != SQLITE_OK) fail(owner(statement_), "bind a value");
  return *this;
}
Statement& Statement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL: an empty view must stay an empty text.
  const char* data = text.data() == nullptr ? "" : text.data();
  if (sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK)
    fail(owner(statement_), "bind a value");
  return *this;
}
Statement& Statement::bind_blob(int index, const std::vector<std::uint8_t>& bytes) {
  if (sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK)
    fail(owner(statement_), "bind a value");
  return *this;
}
Statement& Statement::bind_blob_view(int index, std::string_view bytes) {
  if (sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC) != SQLITE_OK)
    fail(owner(statement_), "bind a value");
  return *this;
}
Statement& Statement::bind_null(int index) {
  if (sqlite3_bind_null(statement_, index) != SQLITE_OK) fail(owner(statement_), "bind a value");
  return *this;
}
Statement& Statement::bind_text_or_null(int index, std::string_view text) {
  return text.empty() ? bind_null(index) : bind(index, text);
}
Statement& Statement::bind_day(int index, const std::optional<Day>& day) {
  return day ? bind(index, static_cast<std::int64_t>(day->days)) : bind_null(index);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(owner(statement_), "run a statement");
}
void Statement::run() {
  while (step()) {
  }
  reset();
}
void Statement::reset() { sqlite3_reset(statement_); }

int Statement::columns() const { return sqlite3_column_count(statement_); }
int Statement::type(int index) const { return sqlite3_column_type(statement_, index); }
bool Statement::is_null(int index) const { return type(index) == SQLITE_NULL; }
std::int64_t Statement::integer(int index) const { return sqlite3_column_int64(statement_, index); }
std::string_view Statement::text(int index) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, index));
  if (data == nullptr && sqlite3_errcode(owner(statement_)) == SQLITE_NOMEM) throw std::bad_alloc();
  return data == nullptr ? std::string_view{}
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, index)));
}
std::vector<std::uint8_t> Statement::blob(int index) const {
  const std::string_view bytes = blob_view(index);
  return {bytes.begin(), bytes.end()};
}
std::string_view Statement::blob_view(int index) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, index));
  return data == nullptr ? std::string_view{}
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, index)));
}
std::optional<Day> Statement::day(int index) const {
  if (is_null(index)) return std::nullopt;
  return Day{static_cast<std::int32_t>(integer(index))};
}
std::optional<std::int64_t> Statement::optional_integer(int index) const {
  return is_null(index) ? std::nullopt : std::optional(integer(index));
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Database::Database(const std::string& path, Access access, int lock_timeout_ms) {
  const bool writes = access == Access::write, frozen = access == Access::at_rest;
  // A connection is used by one thread, and a lock taken for every value would cost as much as the value.
  const int flags =
      (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX | (frozen ? SQLITE_OPEN_URI : 0);
  const std::string address = frozen ? immutable_address(path) : path;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(address.c_str(), &opened, flags | SQLITE_OPEN_NOFOLLOW, nullptr);
  handle_.reset(opened);
  if (code == SQLITE_NOMEM || opened == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) throw Error(path + ": can't open the store: " + sqlite3_errmsg(opened));
  set_lock_timeout(lock_timeout_ms);
  defend(opened, writes);
  add_fact_tables(opened);
  add_user_table(opened);
  add_log_table(opened);
  execute("PRAGMA foreign_keys = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY");
  execute(writes ? "PRAGMA cache_size = -65536" : "PRAGMA cache_size = -32768; PRAGMA query_only = ON");
}

void Database::execute(const std::string& sql) const {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle(), "run a statement");
}

void Database::begin_write() const {
  execute("BEGIN IMMEDIATE");
  if (!has_moved()) return;
  const std::string file = sqlite3_db_filename(handle(), "main");
  execute("ROLLBACK");
  throw Error(file + ": the store was replaced or removed by another process; try again", Error::Kind::try_again);
}

CacheSize::CacheSize(const Database& db, std::int64_t kibibytes) : db_(db), before_(db.integer("PRAGMA cache_size")) {
  db_.execute("PRAGMA cache_size = " + std::to_string(-kibibytes));
}

CacheSize::~CacheSize() {
  try {
    db_.execute("PRAGMA cache_size = " + std::to_string(before_));
  } catch (const Error&) {  // this one will do
  }
}

WriteTransaction::~WriteTransaction() {
  // Where it fails, SQLite has already rolled back (disk full, I/O error, no memory): nothing is left to undo.
  if (open_) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void WriteTransaction::commit() {
  db_.execute("COMMIT");
  open_ = false;
}

bool Database::has_moved() const {
  int moved = 0;
  return sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

void Database::set_lock_timeout(int milliseconds) const { sqlite3_busy_timeout(handle(), milliseconds); }

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle()); }
std::int64_t Database::integer(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

void copy_database(const Database& from, const Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) fail(to.handle(), "copy the store");
  // All pages in one go: the copy is consistent, whatever is committed meanwhile.
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    throw Error("the store is locked by another process; try again", Error::Kind::try_again);
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  if (code != SQLITE_DONE) throw Error(std::string("can't copy the store: ") + sqlite3_errstr(code));
}

}  // namespace seatlint
