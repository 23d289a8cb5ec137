// SPDX-License-Identifier: Apache-2.0
// `seatlint config` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct ConfigOptions {
  std::string action;  ///< init | show
  std::string vendor, output;
  bool from_store = false;
};
int run_config(const ConfigOptions& options, Io& io);

}  // namespace seatlint
