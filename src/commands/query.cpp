// SPDX-License-Identifier: Apache-2.0
// `seatlint query`: read-only SQL over the documented views, so that any verdict can be checked again by hand.
#include "commands/query.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/masked_views.hpp"
#include "commands/rejects_file.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

/// Reading pragmas only; everything that could write, attach or load is refused before it runs.
/// `masked` is set where nothing may be read but through a masked view.
int allow_reads(void* masked, int action, const char* first, const char* second, const char* schema, const char* view) {
  constexpr std::array<std::string_view, 6> pragmas{"table_info", "table_xinfo", "table_list",
                                                    "index_list", "index_info",  "foreign_key_list"};
  switch (action) {
    case SQLITE_READ:
      return masked == nullptr || reads_masked(schema, view) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
      return std::find(pragmas.begin(), pragmas.end(), std::string_view(first)) != pragmas.end() ? SQLITE_OK
                                                                                                 : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

int past_deadline(void* deadline) { return Clock::now() > *static_cast<const Clock::time_point*>(deadline) ? 1 : 0; }

/// One statement, run step by step; errors speak of the query, not of the store.
class Query {
 public:
  Query(const Store& store, const std::string& sql, int seconds, MaskedViews* masked) : Query(store, seconds, masked) {
    const char* rest = nullptr;
    if (sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &statement_, &rest) != SQLITE_OK) fail();
    if (statement_ == nullptr) throw Error("the query is empty");
    if (!trim(std::string_view(rest, sql.data() + sql.size())).empty())
      throw Error("query runs one statement; there is text behind the first one");
  }
  ~Query() {
    sqlite3_finalize(statement_);
    sqlite3_progress_handler(db_, 0, nullptr, nullptr);
    sqlite3_set_authorizer(db_, nullptr, nullptr);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail();
    return false;
  }
  int columns() const { return sqlite3_column_count(statement_); }
  std::string name(int at) const { return sqlite3_column_name(statement_, at); }
  int type(int at) const { return sqlite3_column_type(statement_, at); }
  std::int64_t integer(int at) const { return sqlite3_column_int64(statement_, at); }
  double real(int at) const { return sqlite3_column_double(statement_, at); }
  /// Blobs as hexadecimal digits, NULL as nothing.
  std::string text(int at) const {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, at));
    if (type(at) == SQLITE_BLOB) {
      const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(statement_, at));
      std::string digits;
      for (std::size_t i = 0; i < size; ++i) digits += fmt::format("{:02x}", bytes[i]);
      return digits;
    }
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, at));
    return data == nullptr ? std::string()
                           : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at)));
  }

 private:
  /// Complete before a statement is tried: what throws behind it is put away by the destructor.
  Query(const Store& store, int seconds, MaskedViews* masked)
      : db_(store.database().handle()), seconds_(seconds), deadline_(Clock::now() + std::chrono::seconds(seconds)) {
    sqlite3_set_authorizer(db_, allow_reads, masked);
    sqlite3_progress_handler(db_, 10'000, past_deadline, &deadline_);
    sqlite3_limit(db_, SQLITE_LIMIT_ATTACHED, 0);
  }

  [[noreturn]] void fail() const {
    const int code = sqlite3_errcode(db_) & 0xFF;
    const std::string says = sqlite3_errmsg(db_);
    if (code == SQLITE_AUTH) throw Error("query only reads; this statement would do more (" + says + ")");
    if (code == SQLITE_INTERRUPT)
      throw Error(fmt::format("the query ran longer than {} s; narrow it, or raise --timeout", seconds_));
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
      throw Error("the store is locked by another process; try again", Error::Kind::try_again);
    throw Error("query: " + says);
  }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  int seconds_;
  Clock::time_point deadline_;
};

void print_as_table(Query& query, Io& io) {
  std::vector<Column> columns;
  std::vector<Cells> rows;
  std::vector<bool> figures(static_cast<std::size_t>(query.columns()), true);
  while (query.step()) {
    Cells cells;
    for (int i = 0; i < query.columns(); ++i) {
      if (query.type(i) == SQLITE_TEXT || query.type(i) == SQLITE_BLOB) figures[static_cast<std::size_t>(i)] = false;
      cells.push_back({query.text(i), Paint::plain});
    }
    rows.push_back(std::move(cells));
  }
  for (int i = 0; i < query.columns(); ++i) {
    const bool right = figures[static_cast<std::size_t>(i)] && !rows.empty();
    columns.push_back({printable(query.name(i)), right ? Column::Align::right : Column::Align::left,
                       right ? Column::Cut::never : Column::Cut::end, 8});
  }
  TextTable table(columns);
  for (Cells& cells : rows) table.add(std::move(cells));
  print_table(io, table);
}

void print_as_csv(Query& query, Io& io) {
  const auto safe = [&](const std::string& text) { return io.environment.stdout_is_terminal ? printable(text) : text; };
  for (int i = 0; i < query.columns(); ++i) io.out << (i == 0 ? "" : ",") << csv_field(safe(query.name(i)));
  io.out << '\n';
  while (query.step()) {
    for (int i = 0; i < query.columns(); ++i) {
      std::string text = safe(query.text(i));
      // A spreadsheet would run it.
      if (query.type(i) == SQLITE_TEXT && text.find_first_of("=+-@\t\r\n") == 0) text.insert(text.begin(), '\'');
      io.out << (i == 0 ? "" : ",") << csv_field(text);
    }
    io.out << '\n';
  }
}

void print_as_json(Query& query, Io& io) {
  const char* separator = "[\n";
  bool any = false;
  while (query.step()) {
    Json row = Json::object();
    for (int i = 0; i < query.columns(); ++i) {
      Json& cell = row[query.name(i)];
      if (query.type(i) == SQLITE_INTEGER)
        cell = query.integer(i);
      else if (query.type(i) == SQLITE_FLOAT)
        cell = query.real(i);
      else if (query.type(i) != SQLITE_NULL)
        cell = query.text(i);
    }
    io.out << separator << row.dump(-1, ' ', io.environment.stdout_is_terminal, Json::error_handler_t::replace);
    separator = ",\n";
    any = true;
  }
  io.out << (any ? "\n]\n" : "[]\n");
}

void declare(OptionSet& set, QueryOptions& options) {
  set.positional("SQL", options.sql, "one SELECT; the views are described in docs/store.md");
  set.choice("-o,--output", options.format, {"table", "csv", "json"}, "how to print the rows");
  declare_names(set, options.names);
  set.number("--timeout", options.timeout_seconds, "give up after this many seconds (default: 60)", "SECONDS");
}

}  // namespace

int run_query(const QueryOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const NamesChoice names = choose_names(options.names, policy, "query", io);
  if (names.for_people() == Names::hide)
    throw Error(
        "query shows single accounts, and names are hidden here; --names pseudonym --reason TEXT shows stand-ins");
  const Store store = open_store(io, policy, Store::Open::read);
  std::optional<MaskedViews> masked;
  if (names.for_people() == Names::pseudonym) masked.emplace(store, *names.pseudonyms());
  Query query(store, options.sql, options.timeout_seconds.value_or(60), masked ? &*masked : nullptr);
  if (options.format == "csv") {
    print_as_csv(query, io);
  } else if (options.format == "json") {
    print_as_json(query, io);
  } else {
    print_as_table(query, io);
  }
  return 0;
}

std::unique_ptr<Command> query_command() {
  return make_command<QueryOptions>(
      {"query", "read-only SQL over what was imported",
       "seatlint query \"SELECT * FROM import_file\"\n"
       "seatlint query \"SELECT account, day FROM activity_day WHERE account = 'ana@example.com'\"\n"
       "seatlint query -o csv \"SELECT * FROM assignment WHERE valid_to IS NULL\" > seats.csv",
       "Views: account, assignment, activity, activity_day, activity_evidence, import_file, entitlement, coverage.\n"
       "With --names pseudonym only the views can be read, and titles and remarks are left out of them.\n"
       "In csv a text that a spreadsheet would run as a formula gets a leading apostrophe."},
      declare, run_query);
}

}  // namespace seatlint
