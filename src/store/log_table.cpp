// SPDX-License-Identifier: Apache-2.0
// See log_table.hpp.
#include "store/log_table.hpp"

#include <string>

#include "store/log_block.hpp"
#include "store/table_function.hpp"

namespace seatlint {
namespace {

struct LogTable {
  struct Cursor : sqlite3_vtab_cursor {
    std::string block;
    LogBlockReader reader{{}};
    LogRow row;
    std::int64_t at = 0;
    bool at_end = true;
  };
  enum Column { actor, id, login, email, facts, rows };

  static int connect(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) {
    return table_function::connect<sqlite3_vtab>(
        db, "CREATE TABLE x(actor INTEGER, id TEXT, login TEXT, email TEXT, facts BLOB, rows BLOB HIDDEN)", table);
  }
  static int best_index(sqlite3_vtab*, sqlite3_index_info* info) { return table_function::best_index(info, rows); }
  static int next(sqlite3_vtab_cursor* base) {
    auto* cursor = static_cast<Cursor*>(base);
    ++cursor->at;
    return table_function::reporting(cursor->pVtab, [&] { cursor->at_end = !cursor->reader.next(cursor->row); });
  }
  static int filter(sqlite3_vtab_cursor* base, int, const char*, int count, sqlite3_value** arguments) {
    auto* cursor = static_cast<Cursor*>(base);
    const int code = table_function::reporting(cursor->pVtab, [&] {
      cursor->block = count == 0 ? std::string_view() : table_function::bytes_of(arguments[0]);
      cursor->reader = LogBlockReader(cursor->block);
      cursor->at = 0;
    });
    return code == SQLITE_OK ? next(base) : code;
  }
  static int at_end(sqlite3_vtab_cursor* cursor) { return static_cast<Cursor*>(cursor)->at_end ? 1 : 0; }
  static int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) {
    const LogRow& row = static_cast<Cursor*>(base)->row;
    const auto text = [&](std::string_view bytes) {
      sqlite3_result_text64(context, bytes.data(), bytes.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    };
    switch (column) {
      case actor:
        sqlite3_result_int64(context, row.actor);
        break;
      case id:
        text(row.id);
        break;
      case login:
        text(row.login);
        break;
      case email:
        text(row.email);
        break;
      case facts:
        sqlite3_result_blob64(context, row.facts.data(), row.facts.size(), SQLITE_TRANSIENT);
        break;
      default:
        break;
    }
    return SQLITE_OK;
  }
  static int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
    *id = static_cast<Cursor*>(cursor)->at;
    return SQLITE_OK;
  }

  static sqlite3_module module() {
    sqlite3_module made{};
    made.xConnect = connect;  // without xCreate: eponymous only
    made.xBestIndex = best_index;
    made.xDisconnect = table_function::disconnect<sqlite3_vtab>;
    made.xOpen = table_function::open<Cursor>;
    made.xClose = table_function::close<Cursor>;
    made.xFilter = filter;
    made.xNext = next;
    made.xEof = at_end;
    made.xColumn = column;
    made.xRowid = row_id;
    return made;
  }
};

}  // namespace

void add_log_table(sqlite3* db) {
  static const sqlite3_module module = LogTable::module();
  if (sqlite3_create_module_v2(db, "log_row", &module, nullptr, nullptr) != SQLITE_OK)
    throw Error("SQLite refuses the function that unpacks logs");
}

}  // namespace seatlint
