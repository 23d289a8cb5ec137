// SPDX-License-Identifier: Apache-2.0
// Words of a command line, and the environment behind them, into a command's options.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "commands/command.hpp"

namespace seatlint::cli {

/// The position of the word that names the command, skipping global options and their values; args.size(): none.
std::size_t command_position(const std::vector<std::string>& args, const OptionSet& globals);

/// Whether `-h` or `--help` (`--version`) stands among the options, not behind `--`.
bool asks_for(const std::vector<std::string>& args, const std::string& long_name, const std::string& short_name);

/// Sets the options of both sets from `args` (the command's name taken out), then those that are not among them from
/// SEATLINT_<OPTION> in `variables`. Throws Error, with the nearest name for a mistyped option.
void parse(const std::vector<std::string>& args, const OptionSet& globals, const OptionSet& options,
           const std::map<std::string, std::string>& variables);

/// `--idle-days` -> `SEATLINT_IDLE_DAYS`
std::string variable_of(const std::string& option);

}  // namespace seatlint::cli
