// SPDX-License-Identifier: Apache-2.0
// `seatlint subject` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct SubjectOptions {
  std::string user, reason;
  std::string format = "table";
};
int run_subject(const SubjectOptions& options, Io& io);

}  // namespace seatlint
