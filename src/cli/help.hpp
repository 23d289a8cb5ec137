// SPDX-License-Identifier: Apache-2.0
// The help texts, made from the same values the parser uses: examples first, then the options.
#pragma once

#include <iosfwd>
#include <memory>
#include <vector>

#include "commands/command.hpp"

namespace seatlint::cli {

void print_help(const std::vector<std::unique_ptr<Command>>& commands, const OptionSet& globals, int columns,
                std::ostream& out);
void print_command_help(const CommandText& text, const OptionSet& options, const OptionSet& globals, int columns,
                        std::ostream& out);

}  // namespace seatlint::cli
