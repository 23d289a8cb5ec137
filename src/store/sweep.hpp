// SPDX-License-Identifier: Apache-2.0
// A look at many rows of which few are wanted, for less than it costs to have each of them handed out.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/database.hpp"

struct sqlite3;
struct sqlite3_value;

namespace seatlint {

/// The values of one row, counted from 0; views live until the next row. NULL is 0 and empty.
class SweptRow {
 public:
  explicit SweptRow(sqlite3_value** values) : values_(values) {}
  std::int64_t integer(int at) const;
  std::string_view bytes(int at) const;

 private:
  sqlite3_value** values_;
};

/// Every connection needs it once, before it sweeps.
void add_sweep(sqlite3* db);

/// Visits `columns` of every row of `table` that is of this file, in the order of its primary key.
void sweep(const Database& db, const std::string& columns, const std::string& table, std::int64_t file,
           const std::function<void(const SweptRow&)>& visit);

}  // namespace seatlint
