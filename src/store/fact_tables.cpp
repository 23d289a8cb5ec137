// SPDX-License-Identifier: Apache-2.0
// See fact_tables.hpp. Each is an eponymous virtual table: it exists on every connection and nowhere in the file.
#include "store/fact_tables.hpp"

#include <sqlite3.h>

#include <new>
#include <vector>

#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

enum class Shape { facts, days };

struct Table : sqlite3_vtab {
  Shape shape = Shape::facts;
};

struct Row {
  std::uint32_t action = 0;
  Day first, last;
  std::uint64_t first_line = 0, last_line = 0;
};

struct Cursor : sqlite3_vtab_cursor {
  std::vector<Row> rows;
  std::size_t at = 0;
};

std::vector<Row> unpack(std::string_view block, Shape shape) {
  std::vector<Row> rows;
  FactReader reader(block);
  for (PackedFact fact; reader.next(fact);) {
    if (shape == Shape::facts) {
      rows.push_back({fact.action, fact.first, fact.last, fact.first_line, fact.last_line});
      continue;
    }
    DayBits days;
    fact.add_to(days);
    for (Day day = fact.first; day <= fact.last; day = day + 1)
      if (days.test(day)) rows.push_back({fact.action, day, day});
  }
  return rows;
}

int report(sqlite3_vtab* table, const Error& error) {
  sqlite3_free(table->zErrMsg);
  table->zErrMsg = sqlite3_mprintf("%s", error.what());
  return SQLITE_CORRUPT;
}

int connect(sqlite3* db, void* shape, int, const char* const*, sqlite3_vtab** table, char**) {
  const bool days = shape != nullptr;
  const int code =
      sqlite3_declare_vtab(db, days ? "CREATE TABLE x(action INTEGER, day INTEGER, facts BLOB HIDDEN)"
                                    : "CREATE TABLE x(action INTEGER, first_day INTEGER, last_day INTEGER, "
                                      "first_line INTEGER, last_line INTEGER, facts BLOB HIDDEN)");
  if (code != SQLITE_OK) return code;
  sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  auto* made = new (std::nothrow) Table();
  if (made == nullptr) return SQLITE_NOMEM;
  made->shape = days ? Shape::days : Shape::facts;
  *table = made;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

/// Without its argument the function has no rows, and such a plan is the last one to take.
int best_index(sqlite3_vtab* table, sqlite3_index_info* info) {
  const int argument = static_cast<Table*>(table)->shape == Shape::days ? 2 : 5;
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

int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
  auto* made = new (std::nothrow) Cursor();
  if (made == nullptr) return SQLITE_NOMEM;
  *cursor = made;
  return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base, int, const char*, int count, sqlite3_value** arguments) {
  auto* cursor = static_cast<Cursor*>(base);
  if (count == 0) {
    cursor->rows.clear();
    return SQLITE_OK;
  }
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(arguments[0]));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
  try {
    cursor->at = 0;
    cursor->rows = unpack(bytes == nullptr ? std::string_view{} : std::string_view(bytes, size),
                          static_cast<Table*>(cursor->pVtab)->shape);
    return SQLITE_OK;
  } catch (const Error& error) {
    return report(cursor->pVtab, error);
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

int next(sqlite3_vtab_cursor* cursor) {
  ++static_cast<Cursor*>(cursor)->at;
  return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* base) {
  const auto* cursor = static_cast<Cursor*>(base);
  return cursor->at >= cursor->rows.size() ? 1 : 0;
}

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int at) {
  const auto* cursor = static_cast<Cursor*>(base);
  const Row& row = cursor->rows[cursor->at];
  const bool days = static_cast<Table*>(cursor->pVtab)->shape == Shape::days;
  const std::int64_t values[] = {row.action, row.first.days, row.last.days, static_cast<std::int64_t>(row.first_line),
                                 static_cast<std::int64_t>(row.last_line)};
  if (at < (days ? 2 : 5)) sqlite3_result_int64(context, values[at]);
  return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->at);
  return SQLITE_OK;
}

sqlite3_module module_of() {
  sqlite3_module module{};
  module.xConnect = connect;  // without xCreate: eponymous only
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = at_end;
  module.xColumn = column;
  module.xRowid = row_id;
  return module;
}

}  // namespace

void add_fact_tables(sqlite3* db) {
  static const sqlite3_module module = module_of();
  static char days = 'd';
  if (sqlite3_create_module_v2(db, "activity_fact", &module, nullptr, nullptr) != SQLITE_OK ||
      sqlite3_create_module_v2(db, "activity_fact_day", &module, &days, nullptr) != SQLITE_OK)
    throw Error("SQLite refuses the functions that unpack activity");
}

}  // namespace seatlint
