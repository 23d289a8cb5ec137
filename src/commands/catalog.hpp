// SPDX-License-Identifier: Apache-2.0
// `seatlint catalog` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct CatalogOptions {
  std::vector<std::string> words;  ///< empty, or `show` and a name
  std::string format = "table";
};
int run_catalog(const CatalogOptions& options, Io& io);

}  // namespace seatlint
