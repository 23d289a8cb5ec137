// SPDX-License-Identifier: Apache-2.0
// `seatlint status` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct StatusOptions {
  bool missing = false, privacy = false;
  std::string format = "table";
};
int run_status(const StatusOptions& options, Io& io);

}  // namespace seatlint
