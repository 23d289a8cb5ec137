// SPDX-License-Identifier: Apache-2.0
// The list of commands, generated from src/CMakeLists.txt, and what holds for all of them.
#include "commands/all_commands.hpp"

namespace seatlint {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
#define X(word) commands.push_back(word##_command());
#include "commands_table.inc"
#undef X
  return commands;
}

void declare_globals(OptionSet& options, Globals& globals, std::string& lock_timeout) {
  options.option("--db", globals.db, "the store (default: ./seatlint.db)", "FILE");
  options.option("--config", globals.config, "the policy (default: ./seatlint.toml)", "FILE");
  options.choice("--color", globals.color, {"auto", "always", "never"}, "color in tables");
  options.flag("-q,--quiet", globals.quiet, "no notes and warnings on stderr");
  options.flag("-v,--verbose", globals.verbose, "say more on stderr");
  options.option("--lock-timeout", lock_timeout, "how long to wait for a locked store (default: 30s)", "TIME");
}

const ProgramText& program_text() {
  static constexpr ProgramText text{
      "finds CRM licenses that nobody needs, in the CSV exports you already have",
      "seatlint audit --from exports/           load a folder of exports and report, in one go\n"
      "seatlint import exports/                 load them into ./seatlint.db only\n"
      "seatlint inspect users.csv               what an export holds, without loading it\n"
      "seatlint status --missing                which files are still to be fetched, and where\n"
      "seatlint COMMAND --help                  examples and options of a command",
      "Every option can also be set as SEATLINT_<OPTION> in the environment, such as SEATLINT_DB.\n"
      "Exit codes: 0 done, 1 a threshold was reached, 2 wrong usage or input, 3 try again."};
  return text;
}

}  // namespace seatlint
