// SPDX-License-Identifier: Apache-2.0
// `seatlint verify` as a function.
#pragma once

#include "commands/command.hpp"

namespace seatlint {

struct VerifyOptions {
  std::string anchor;
};
int run_verify(const VerifyOptions& options, Io& io);

}  // namespace seatlint
