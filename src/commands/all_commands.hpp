// SPDX-License-Identifier: Apache-2.0
// Every command and the options all of them have: for the command line itself, and for those commands that speak about
// commands.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "commands/command.hpp"

namespace seatlint {

/// In the order of the help.
std::vector<std::unique_ptr<Command>> all_commands();
/// `lock_timeout` is text still to be read.
void declare_globals(OptionSet& options, Globals& globals, std::string& lock_timeout);

/// What stands at the top of the program's help and manual.
struct ProgramText {
  std::string_view summary, examples, notes;
};
const ProgramText& program_text();

}  // namespace seatlint
