// SPDX-License-Identifier: Apache-2.0
// What table-valued functions of one packed argument have in common. Each is an eponymous virtual table: it exists on
// every connection and nowhere in the file.
#pragma once

#include <sqlite3.h>

#include <new>
#include <string_view>

#include "seatlint/base.hpp"

namespace seatlint::table_function {

template <typename Table>
int connect(sqlite3* db, const char* columns, sqlite3_vtab** table) {
  const int code = sqlite3_declare_vtab(db, columns);
  if (code != SQLITE_OK) return code;
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  *table = new (std::nothrow) Table();
  return *table == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

template <typename Table>
int disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

template <typename Cursor>
int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
  *cursor = new (std::nothrow) Cursor();
  return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

template <typename Cursor>
int close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

/// Passes the argument, which is the column of this number, on to the filter. Without it the function has no rows, and
/// such a plan is the last one to take.
inline int best_index(sqlite3_index_info* info, int argument) {
  bool unusable = false;
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    if (constraint.iColumn != argument || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (constraint.usable == 0) {
      unusable = true;
      continue;
    }
    info->aConstraintUsage[i] = {1, 1};
    info->estimatedCost = 10;
    info->estimatedRows = 10;
    return SQLITE_OK;
  }
  info->estimatedCost = 1e99;
  return unusable ? SQLITE_CONSTRAINT : SQLITE_OK;
}

inline std::string_view bytes_of(sqlite3_value* argument) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(argument));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(argument));
  return bytes == nullptr ? std::string_view{} : std::string_view(bytes, size);
}

/// Does what may find the argument damaged; as SQLite's result code.
template <typename Work>
int reporting(sqlite3_vtab* table, Work work) {
  try {
    work();
    return SQLITE_OK;
  } catch (const Error& error) {
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = sqlite3_mprintf("%s", error.what());
    return SQLITE_CORRUPT;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

}  // namespace seatlint::table_function
