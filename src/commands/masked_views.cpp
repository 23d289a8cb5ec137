// SPDX-License-Identifier: Apache-2.0
// Temporary views over the stored ones. What a column is called says what is in it.
#include "commands/masked_views.hpp"

#include <sqlite3.h>

#include <array>

namespace seatlint {
namespace {

constexpr std::array<std::string_view, 10> person_columns{"account", "id",    "login",         "email", "name",
                                                          "manager", "actor", "federation_id", "hr_id", "key"};
constexpr std::array<std::string_view, 6> free_text{"title", "aliases", "warnings", "skipped", "reason", "says"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  for (const std::string_view each : list)
    if (each == word) return true;
  return false;
}

std::string_view argument(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void answer(sqlite3_context* context, const std::string& text) {
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void pseudonym(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
  answer(context, (*static_cast<const Pseudonyms*>(sqlite3_user_data(context)))(argument(values[0])));
}

void scrubbed(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
  answer(context, (*static_cast<const Scrubber*>(sqlite3_user_data(context)))(argument(values[0])));
}

std::string quoted(const std::string& name) { return '"' + name + '"'; }

}  // namespace

MaskedViews::MaskedViews(const Store& store, const Pseudonyms& pseudonyms) : pseudonyms_(pseudonyms) {
  const Database& db = store.database();
  learn_identities(db);
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  auto* by_name = const_cast<Pseudonyms*>(&pseudonyms_);
  sqlite3_create_function_v2(db.handle(), "pseudonym_of", 1, flags, by_name, pseudonym, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(db.handle(), "without_names", 1, flags, &scrub_, scrubbed, nullptr, nullptr, nullptr);
  std::vector<std::string> views;
  Statement row = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'view' ORDER BY name");
  while (row.step()) views.emplace_back(row.text(0));
  // The file itself is open for reading only; temporary views lie beside it.
  db.execute("PRAGMA query_only = OFF");
  for (const std::string& view : views) lay_over(db, view);
  db.execute("PRAGMA query_only = ON");
}

void MaskedViews::learn_identities(const Database& db) {
  Statement row = db.prepare(
      "WITH u AS (SELECT id, login, email, name, manager FROM user_block b JOIN user_row(b.rows)), "
      "l AS (SELECT id, login, email FROM activity_block b JOIN log_row(b.rows)) "
      "SELECT id FROM u UNION SELECT login FROM u UNION SELECT email FROM u UNION SELECT name FROM u "
      "UNION SELECT manager FROM u UNION SELECT id FROM l UNION SELECT login FROM l UNION SELECT email FROM l");
  while (row.step())
    if (!row.is_null(0)) scrub_.add(row.text(0), pseudonyms_(row.text(0)));
  scrub_.finish();
}

void MaskedViews::lay_over(const Database& db, const std::string& view) {
  std::string columns;
  Statement row = db.prepare("SELECT name FROM pragma_table_info('" + view + "', 'main') ORDER BY cid");
  while (row.step()) {
    const std::string name(row.text(0));
    std::string value = quoted(name);
    if (contains(person_columns, name)) value = "pseudonym_of(" + value + ")";
    if (contains(free_text, name)) value = "NULL";
    if (name == "file") value = "without_names(" + value + ")";
    columns += (columns.empty() ? "" : ", ") + value + " AS " + quoted(name);
  }
  db.execute("CREATE TEMP VIEW " + quoted(view) + " AS SELECT " + columns + " FROM main." + quoted(view));
}

bool reads_masked(const char* schema, const char* view) {
  return view != nullptr || (schema != nullptr && std::string_view(schema) == "temp");
}

}  // namespace seatlint
