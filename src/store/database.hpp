// SPDX-License-Identifier: Apache-2.0
// SQLite as values that clean up after themselves; every failure is an Error that names the store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/base.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace seatlint {

/// A prepared statement. Parameters count from 1, columns from 0. Views into columns live until the next step.
class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, const std::vector<std::uint8_t>& bytes);
  /// Without a copy: the bytes must stay until the statement has run.
  Statement& bind_blob_view(int index, std::string_view bytes);
  Statement& bind_null(int index);
  /// Empty text and unset values become NULL.
  Statement& bind_text_or_null(int index, std::string_view text);
  Statement& bind_day(int index, const std::optional<Day>& day);
  template <typename Integer>
  Statement& bind_optional(int index, const std::optional<Integer>& value) {
    return value ? bind(index, static_cast<std::int64_t>(*value)) : bind_null(index);
  }

  bool step();  ///< true: a row is there
  void run();   ///< steps to the end and resets
  void reset();

  int columns() const;
  bool is_null(int index) const;
  int type(int index) const;
  std::int64_t integer(int index) const;
  std::string_view text(int index) const;
  std::vector<std::uint8_t> blob(int index) const;
  std::string_view blob_view(int index) const;
  std::optional<Day> day(int index) const;
  std::optional<std::int64_t> optional_integer(int index) const;
  sqlite3_stmt* handle() const { return statement_; }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

/// One open store file.
class Database {
 public:
  enum class Access {
    read,
    write,
    at_rest,  ///< for reading a file that nobody writes: takes no locks and leaves no trace
  };
  Database(const std::string& path, Access access, int lock_timeout_ms);

  Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
  void execute(const std::string& sql) const;
  /// Begins a transaction that will write. Throws Error (try again) also where the file was replaced or removed since
  /// it was opened: what would be written would be lost.
  void begin_write() const;
  /// Whether the file is no longer the one its path names.
  bool has_moved() const;
  void set_lock_timeout(int milliseconds) const;
  std::int64_t last_insert_id() const;
  std::int64_t integer(std::string_view sql) const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Another size of the page cache, in KiB, while it lives: where every page is met once, and never again, a small one
/// costs least.
class CacheSize {
 public:
  CacheSize(const Database& db, std::int64_t kibibytes);
  ~CacheSize();
  CacheSize(const CacheSize&) = delete;
  CacheSize& operator=(const CacheSize&) = delete;

 private:
  const Database& db_;
  std::int64_t before_;  ///< as the pragma says it
};

/// Everything until `commit`, or nothing: destroyed without one, it rolls back.
class WriteTransaction {
 public:
  /// Throws as Database::begin_write does. `db` must outlive it.
  explicit WriteTransaction(const Database& db) : db_(db) { db_.begin_write(); }
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;
  void commit();

 private:
  const Database& db_;
  bool open_ = true;
};

/// All of `from` as it is now, into the empty or old `to`, while others read and write `from`.
void copy_database(const Database& from, const Database& to);

}  // namespace seatlint
