// SPDX-License-Identifier: Apache-2.0
// `seatlint profiles` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct ProfilesOptions {
  std::vector<std::string> words;  ///< empty, or `show` and a name
  std::string format = "table";
};
int run_profiles(const ProfilesOptions& options, Io& io);

}  // namespace seatlint
