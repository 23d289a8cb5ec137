// SPDX-License-Identifier: Apache-2.0
// `seatlint query` as a function.
#pragma once

#include "commands/names.hpp"

namespace seatlint {

struct QueryOptions {
  std::string sql, format = "table";
  std::optional<int> timeout_seconds;
  NamesOptions names;
};
int run_query(const QueryOptions& options, Io& io);

}  // namespace seatlint
