// SPDX-License-Identifier: Apache-2.0
// `seatlint inspect` as a function.
#pragma once

#include "commands/import_files.hpp"

namespace seatlint {

struct InspectOptions {
  ImportOptions import;
  std::string file, rows;
};
int run_inspect(const InspectOptions& options, Io& io);

}  // namespace seatlint
