// SPDX-License-Identifier: Apache-2.0
// `seatlint backup` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct BackupOptions {
  std::string file;
};
int run_backup(const BackupOptions& options, Io& io);

}  // namespace seatlint
