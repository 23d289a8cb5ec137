// SPDX-License-Identifier: Apache-2.0
// See fact_tables.hpp.
#include "store/fact_tables.hpp"

#include <vector>

#include "ingest/activity_block.hpp"
#include "store/table_function.hpp"

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
      rows.push_back({fact.action, fact.first, fact.last, fact.proven_by().first, fact.proven_by().second});
      continue;
    }
    DayBits days;
    fact.add_to(days);
    for (Day day = fact.first; day <= fact.last; day = day + 1)
      if (days.test(day)) rows.push_back({fact.action, day, day});
  }
  return rows;
}

int connect(sqlite3* db, void* shape, int, const char* const*, sqlite3_vtab** table, char**) {
  const bool days = shape != nullptr;
  const int code = table_function::connect<Table>(
      db,
      days ? "CREATE TABLE x(action INTEGER, day INTEGER, facts BLOB HIDDEN)"
           : "CREATE TABLE x(action INTEGER, first_day INTEGER, last_day INTEGER, first_line INTEGER, "
             "last_line INTEGER, facts BLOB HIDDEN)",
      table);
  if (code == SQLITE_OK) static_cast<Table*>(*table)->shape = days ? Shape::days : Shape::facts;
  return code;
}

int best_index(sqlite3_vtab* table, sqlite3_index_info* info) {
  return table_function::best_index(info, static_cast<Table*>(table)->shape == Shape::days ? 2 : 5);
}

int filter(sqlite3_vtab_cursor* base, int, const char*, int count, sqlite3_value** arguments) {
  auto* cursor = static_cast<Cursor*>(base);
  return table_function::reporting(cursor->pVtab, [&] {
    cursor->at = 0;
    cursor->rows.clear();
    if (count > 0)
      cursor->rows = unpack(table_function::bytes_of(arguments[0]), static_cast<Table*>(cursor->pVtab)->shape);
  });
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
  module.xDisconnect = table_function::disconnect<Table>;
  module.xOpen = table_function::open<Cursor>;
  module.xClose = table_function::close<Cursor>;
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
