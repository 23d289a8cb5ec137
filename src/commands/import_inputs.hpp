// SPDX-License-Identifier: Apache-2.0
// Which files the paths of a command line stand for, in an order that does not depend on the file system.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "seatlint/csv.hpp"

namespace seatlint {

/// One file to import, or why there is none.
struct InputFile {
  csv::Input input;
  std::string name;     ///< relative to the folder given, else without directories; members as `exports.zip/users.csv`
  std::string ignored;  ///< why it is left out
  std::string refused;  ///< what is wrong with it
  bool standard_input = false;
};

/// Folders with everything below them, zip archives with their members; `-` is standard input. Never throws for
/// a single bad path: it becomes a refused entry.
std::vector<InputFile> expand_inputs(const std::vector<std::string>& paths);

}  // namespace seatlint
