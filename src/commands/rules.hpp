// SPDX-License-Identifier: Apache-2.0
// `seatlint rules` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct RulesOptions {
  std::vector<std::string> words;  ///< empty, or `show` and a name
  std::string format = "table";
};
int run_rules(const RulesOptions& options, Io& io);

}  // namespace seatlint
