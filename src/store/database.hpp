// SPDX-License-Identifier: Apache-2.0
// SQLite as values that clean up after themselves; every failure is an Error that names the store.
#pragma once

#include <cstdint>
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
  std::optional<Day> day(int index) const;
  std::optional<std::int64_t> optional_integer(int index) const;
  sqlite3_stmt* handle() const { return statement_; }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

/// One open store file.
class Database {
 public:
  enum class Access { read, write };
  Database(const std::string& path, Access access, int lock_timeout_ms);
  ~Database();
  Database(Database&& other) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database& operator=(Database&&) = delete;

  Statement prepare(std::string_view sql) const { return {handle_, sql}; }
  void execute(const std::string& sql) const;
  std::int64_t last_insert_id() const;
  std::int64_t integer(std::string_view sql) const;
  sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace seatlint
