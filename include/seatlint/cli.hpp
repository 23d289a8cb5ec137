// SPDX-License-Identifier: Apache-2.0
// The whole program as one function, so that tests and embedders run exactly what the shell runs.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint {

/// Everything the program may know of the world outside its arguments and files.
struct Environment {
  std::map<std::string, std::string> variables;
  Day today;
  bool stdout_is_terminal = false;
  int columns = 80;
  bool stderr_is_terminal = false;
};

/// Runs one command line (`args` without the program's name) and returns the exit code of docs/cli.md.
int run(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
        const Environment& environment);

}  // namespace seatlint
