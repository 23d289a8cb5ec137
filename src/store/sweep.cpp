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

void step(sqlite3_context* context, int, sqlite3_value** values) {
  auto& state = *static_cast<Sweep*>(sqlite3_user_data(context));
  if (state.thrown) return;
  try {
    state.visit(SweptRow(values));
  } catch (const Error&) {
    state.thrown = std::current_exception();
  } catch (const std::bad_alloc&) {
    state.thrown = std::current_exception();
  }
}

void finish(sqlite3_context* context) { sqlite3_result_null(context); }

/// The function is there for as long as this lives.
class Registered {
 public:
  Registered(sqlite3* db, Sweep& state) : db_(db) {
    if (add(&state, step, finish) != SQLITE_OK) throw Error("SQLite refuses the function that sweeps over rows");
  }
  ~Registered() { add(nullptr, nullptr, nullptr); }
  Registered(const Registered&) = delete;
  Registered& operator=(const Registered&) = delete;

 private:
  sqlite3* db_;
  template <typename Step, typename Finish>
  int add(void* data, Step each, Finish last) {
    return sqlite3_create_function_v2(db_, "sweep", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, data, nullptr, each, last,
                                      nullptr);
  }
};

/// While every page is read once, and never again, a small cache is the one that costs least.
class SmallCache {
 public:
  explicit SmallCache(const Database& db) : db_(db), before_(db.integer("PRAGMA cache_size")) { set(-1024); }
  ~SmallCache() {
    try {
      set(before_);
    } catch (const Error&) {  // a small one will do
    }
  }
  SmallCache(const SmallCache&) = delete;
  SmallCache& operator=(const SmallCache&) = delete;

 private:
  const Database& db_;
  std::int64_t before_;
  void set(std::int64_t size) const { db_.execute("PRAGMA cache_size = " + std::to_string(size)); }
};

}  // namespace

std::int64_t SweptRow::integer(int at) const { return sqlite3_value_int64(values_[at]); }

std::string_view SweptRow::bytes(int at) const {
  const auto* data = static_cast<const char*>(sqlite3_value_blob(values_[at]));
  return data == nullptr ? std::string_view{}
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_value_bytes(values_[at])));
}

void sweep(const Database& db, const std::string& columns, const std::string& table, std::int64_t file,
           const std::function<void(const SweptRow&)>& visit) {
  const SmallCache cache(db);
  Sweep state{visit, nullptr};
  const Registered registered(db.handle(), state);
  {
    Statement row = db.prepare("SELECT sweep(" + columns + ") FROM " + table + " WHERE file_id = ?1");
    row.bind(1, file);
    row.step();
  }
  if (state.thrown) std::rethrow_exception(state.thrown);
}

}  // namespace seatlint
