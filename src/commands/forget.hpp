// SPDX-License-Identifier: Apache-2.0
// `seatlint forget` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct ForgetOptions {
  std::string user;
  bool dry_run = false;
};
int run_forget(const ForgetOptions& options, Io& io);

}  // namespace seatlint
