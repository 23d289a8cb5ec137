// SPDX-License-Identifier: Apache-2.0
// The only file that speaks SQLite's C interface for statements; a busy store is "try again", all else is an error.
#include "store/database.hpp"

#include <sqlite3.h>

#include <utility>

namespace seatlint {
namespace {

[[noreturn]] void fail(sqlite3* db, const char* doing) {
  const int code = sqlite3_errcode(db) & 0xFF;
  const char* file = sqlite3_db_filename(db, "main");
  const std::string where = file != nullptr && *file != '\0' ? file : "store";
  const std::string says = sqlite3_errmsg(db);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    throw Error(where + ": locked by another process; try again, or raise --lock-timeout", Error::Kind::try_again);
  if (code == SQLITE_NOTADB) throw Error(where + ": not a seatlint store (not an SQLite file)");
  if (code == SQLITE_CORRUPT) throw Error(where + ": the store is damaged (" + says + "); restore a backup");
  if (code == SQLITE_FULL) throw Error(where + ": the disk is full; nothing was changed");
  throw Error(where + ": can't " + doing + ": " + says);
}

sqlite3* owner(sqlite3_stmt* statement) { return sqlite3_db_handle(statement); }

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
  return data == nullptr ? std::string_view{}
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, index)));
}
std::vector<std::uint8_t> Statement::blob(int index) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, index));
  return data == nullptr ? std::vector<std::uint8_t>{}
                         : std::vector<std::uint8_t>(data, data + sqlite3_column_bytes(statement_, index));
}
std::optional<Day> Statement::day(int index) const {
  if (is_null(index)) return std::nullopt;
  return Day{static_cast<std::int32_t>(integer(index))};
}
std::optional<std::int64_t> Statement::optional_integer(int index) const {
  return is_null(index) ? std::nullopt : std::optional(integer(index));
}

Database::Database(const std::string& path, Access access, int lock_timeout_ms) {
  const int flags = access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOFOLLOW, nullptr);
  if (code != SQLITE_OK) {
    const std::string says = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw Error(path + ": can't open the store: " + says);
  }
  sqlite3_busy_timeout(handle_, lock_timeout_ms);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}
Database::~Database() { sqlite3_close_v2(handle_); }
Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

void Database::execute(const std::string& sql) const {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle_, "run a statement");
}
std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }
std::int64_t Database::integer(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

}  // namespace seatlint
