// SPDX-License-Identifier: Apache-2.0
// See user_table.hpp. Only the parts of a row that a statement asks for are unpacked.
#include "store/user_table.hpp"

#include <array>

#include "store/table_function.hpp"
#include "store/text_list.hpp"
#include "store/user_block.hpp"

namespace seatlint {
namespace {

/// Puts one value of a row into the answer.
class Answer {
 public:
  explicit Answer(sqlite3_context* context) : context_(context) {}
  void number(std::int64_t value) { sqlite3_result_int64(context_, value); }
  void text(std::string_view value) {
    sqlite3_result_text64(context_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void text_or_null(std::string_view value) {
    if (!value.empty()) text(value);
  }
  void list_or_null(const std::vector<std::string>& values) {
    if (!values.empty()) text(list_of(values));
  }
  void day_or_null(const std::optional<Day>& day) {
    if (day) number(day->days);
  }

 private:
  sqlite3_context* context_;
};

struct Column {
  const char* declared;
  unsigned part;  ///< of the row; 0: the line
  void (*give)(Answer answer, const UserRow& row);
};

std::optional<Day> day_of(const LastActivity& last) {
  const bool dated = last.kind == LastActivity::Kind::on || last.kind == LastActivity::Kind::before;
  return dated ? std::optional(last.day) : std::nullopt;
}

constexpr std::array columns{
    Column{"line INTEGER", 0, nullptr},
    Column{
        "state TEXT", user_part::holdings,
        [](Answer a, const UserRow& row) { a.text_or_null(row.state ? to_string(*row.state) : std::string_view()); }},
    Column{"products TEXT", user_part::holdings,
           [](Answer a, const UserRow& row) {
             if (row.has_products) a.text(list_of(row.products));
           }},
    Column{"group_products TEXT", user_part::holdings,
           [](Answer a, const UserRow& row) { a.list_or_null(row.group_products); }},
    Column{"id TEXT", user_part::identity, [](Answer a, const UserRow& row) { a.text_or_null(row.identity.id); }},
    Column{"login TEXT", user_part::identity, [](Answer a, const UserRow& row) { a.text_or_null(row.identity.login); }},
    Column{"email TEXT", user_part::identity, [](Answer a, const UserRow& row) { a.text_or_null(row.identity.email); }},
    Column{"aliases TEXT", user_part::identity,
           [](Answer a, const UserRow& row) { a.list_or_null(row.identity.aliases); }},
    Column{"federation_id TEXT", user_part::identity,
           [](Answer a, const UserRow& row) { a.text_or_null(row.identity.federation_id); }},
    Column{"hr_id TEXT", user_part::identity, [](Answer a, const UserRow& row) { a.text_or_null(row.identity.hr_id); }},
    Column{"shown TEXT", user_part::identity, [](Answer a, const UserRow& row) { a.text_or_null(row.shown); }},
    Column{"name TEXT", user_part::person, [](Answer a, const UserRow& row) { a.text_or_null(row.name); }},
    Column{"title TEXT", user_part::position, [](Answer a, const UserRow& row) { a.text_or_null(row.title); }},
    Column{"department TEXT", user_part::position,
           [](Answer a, const UserRow& row) { a.text_or_null(row.department); }},
    Column{"manager TEXT", user_part::person, [](Answer a, const UserRow& row) { a.text_or_null(row.manager); }},
    Column{"cost_center TEXT", user_part::position,
           [](Answer a, const UserRow& row) { a.text_or_null(row.cost_center); }},
    Column{"environment TEXT", user_part::position,
           [](Answer a, const UserRow& row) { a.text_or_null(row.environment); }},
    Column{"roles TEXT", user_part::rights, [](Answer a, const UserRow& row) { a.list_or_null(row.roles); }},
    Column{"class TEXT", user_part::rights,
           [](Answer a, const UserRow& row) {
             a.text_or_null(row.account_class ? to_string(*row.account_class) : std::string_view());
           }},
    Column{"created INTEGER", user_part::days, [](Answer a, const UserRow& row) { a.day_or_null(row.created); }},
    Column{"last_kind INTEGER", user_part::days,
           [](Answer a, const UserRow& row) { a.number(static_cast<std::int64_t>(row.last_activity.kind)); }},
    Column{"last_day INTEGER", user_part::days,
           [](Answer a, const UserRow& row) { a.day_or_null(day_of(row.last_activity)); }},
    Column{"profile_ref TEXT", user_part::rights,
           [](Answer a, const UserRow& row) { a.text_or_null(row.profile_ref); }},
    Column{"profile_name TEXT", user_part::rights,
           [](Answer a, const UserRow& row) { a.text_or_null(row.profile_name); }},
    Column{"license_id TEXT", user_part::holdings, [](Answer a, const UserRow& row) {
             if (row.license_id) a.text(*row.license_id);
           }}};

struct Cursor : sqlite3_vtab_cursor {
  std::string block;
  std::optional<UserBlockReader> reader;
  UserRow row;
  std::uint64_t line = 0;
  bool at_end = true;
};

int connect(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) {
  std::string declared;
  for (const Column& column : columns) declared += std::string(column.declared) + ", ";
  return table_function::connect<sqlite3_vtab>(db, ("CREATE TABLE x(" + declared + "rows BLOB HIDDEN)").c_str(), table);
}

int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
  info->idxNum = 0;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if ((info->colUsed >> i & 1u) != 0) info->idxNum |= static_cast<int>(columns[i].part);
  return table_function::best_index(info, static_cast<int>(columns.size()));
}

int next(sqlite3_vtab_cursor* base) {
  auto* cursor = static_cast<Cursor*>(base);
  return table_function::reporting(cursor->pVtab,
                                   [&] { cursor->at_end = !cursor->reader->next(cursor->row, cursor->line); });
}

int filter(sqlite3_vtab_cursor* base, int parts, const char*, int count, sqlite3_value** arguments) {
  auto* cursor = static_cast<Cursor*>(base);
  cursor->at_end = true;
  if (count == 0 || sqlite3_value_type(arguments[0]) == SQLITE_NULL) return SQLITE_OK;
  const int code = table_function::reporting(cursor->pVtab, [&] {
    cursor->block = table_function::bytes_of(arguments[0]);
    cursor->reader.emplace(cursor->block, static_cast<unsigned>(parts));
  });
  return code == SQLITE_OK ? next(base) : code;
}

int at_end(sqlite3_vtab_cursor* cursor) { return static_cast<Cursor*>(cursor)->at_end ? 1 : 0; }

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int at) {
  const auto* cursor = static_cast<Cursor*>(base);
  return table_function::reporting(cursor->pVtab, [&] {
    Answer answer(context);
    if (at == 0) return answer.number(static_cast<std::int64_t>(cursor->line));
    if (const auto index = static_cast<std::size_t>(at); index < columns.size())
      columns[index].give(answer, cursor->row);
  });
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->line);
  return SQLITE_OK;
}

sqlite3_module module_of_users() {
  sqlite3_module module{};
  module.xConnect = connect;  // without xCreate: eponymous only
  module.xBestIndex = best_index;
  module.xDisconnect = table_function::disconnect<sqlite3_vtab>;
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

void add_user_table(sqlite3* db) {
  static const sqlite3_module module = module_of_users();
  if (sqlite3_create_module_v2(db, "user_row", &module, nullptr, nullptr) != SQLITE_OK)
    throw Error("SQLite refuses the function that unpacks accounts");
}

}  // namespace seatlint
