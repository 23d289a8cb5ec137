// SPDX-License-Identifier: Apache-2.0
// `seatlint restore` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct RestoreOptions {
  std::string file;
};
int run_restore(const RestoreOptions& options, Io& io);

}  // namespace seatlint
