// SPDX-License-Identifier: Apache-2.0
// See sweep.hpp. SQLite calls an aggregate function for each row without leaving its loop.
#include "store/sweep.hpp"

#include <sqlite3.h>

#include <exception>
#include <new>

namespace seatlint {
namespace {

struct Sweep {
  const std::function<void(const SweptRow&)>& visit;
  std::exception_ptr thrown;  // may not pass through SQLite
};

constexpr const char* pointer_type = "seatlint sweep";

/// The first value is the sweep that asked; a statement of somebody else has none.
void step(sqlite3_context*, int count, sqlite3_value** values) {
  if (count == 0) return;
  auto* state = static_cast<Sweep*>(sqlite3_value_pointer(values[0], pointer_type));
  if (state == nullptr || state->thrown) return;
  try {
    state->visit(SweptRow(values + 1));
  } catch (const Error&) {
    state->thrown = std::current_exception();
  } catch (const std::bad_alloc&) {
    state->thrown = std::current_exception();
  }
}

void finish(sqlite3_context* context) { sqlite3_result_null(context); }

}  // namespace

std::int64_t SweptRow::integer(int at) const { return sqlite3_value_int64(values_[at]); }

std::string_view SweptRow::bytes(int at) const {
  const auto* data = static_cast<const char*>(sqlite3_value_blob(values_[at]));
  return data == nullptr ? std::string_view{}
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_value_bytes(values_[at])));
}

void add_sweep(sqlite3* db) {
  sqlite3_create_function_v2(db, "sweep", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, nullptr, step, finish, nullptr);
}

void sweep(const Database& db, const std::string& columns, const std::string& table, std::int64_t file,
           const std::function<void(const SweptRow&)>& visit) {
  const CacheSize cache(db, 1024);
  Sweep state{visit, nullptr};
  Statement row = db.prepare("SELECT sweep(?2, " + columns + ") FROM " + table + " WHERE file_id = ?1");
  row.bind(1, file).bind_pointer(2, &state, pointer_type).step();
  if (state.thrown) std::rethrow_exception(state.thrown);
}

}  // namespace seatlint
