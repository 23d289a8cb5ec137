// SPDX-License-Identifier: Apache-2.0
// `man`: the manual pages, made from the very texts that --help prints.
#include <fmt/core.h>

#include <ostream>

#include "commands/all_commands.hpp"

namespace seatlint {
namespace {

struct ManOptions {
  std::string command;
};

constexpr CommandText man_words{"man", "print a manual page, of the program or of one command",
                                "  seatlint man | man -l -                      read it\n"
                                "  seatlint man audit > seatlint-audit.1        keep it\n"};

/// Text as roff takes it: no escapes, no requests, minus signs that can be copied.
std::string roff(std::string_view text) {
  std::string result;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) result += "\\&";
    line_begins = c == '\n';
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
  }
  return result;
}

void heading(std::ostream& out, std::string_view title) { out << ".SH " << title << '\n'; }

void entry(std::ostream& out, const std::string& name, std::string_view help) {
  out << ".TP\n.B " << roff(name) << '\n' << roff(help) << '\n';
}

void examples(std::ostream& out, std::string_view lines) {
  heading(out, "EXAMPLES");
  out << ".nf\n";
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (const auto line = trim(lines.substr(0, end)); !line.empty()) out << roff(line) << '\n';
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
  }
  out << ".fi\n";
}

void options(std::ostream& out, const OptionSet& set) {
  for (const OptionSpec& spec : set.specs()) {
    if (spec.kind == OptionSpec::Kind::positional) continue;
    std::string name = spec.short_name.empty() ? spec.name : spec.short_name + ", " + spec.name;
    if (!spec.value_name.empty()) name += " " + spec.value_name;
    entry(out, name + (spec.kind == OptionSpec::Kind::several ? "..." : ""), spec.help);
  }
}

void begin(std::ostream& out, const std::string& name, std::string_view summary) {
  std::string title = name;
  for (char& c : title) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  out << fmt::format(".TH {} 1 \"\" \"seatlint {}\" \"seatlint\"\n", roff(title), SEATLINT_VERSION);
  heading(out, "NAME");
  out << roff(name) << " \\- " << roff(summary) << '\n';
}

std::string synopsis(const Command& command, const OptionSet& set) {
  std::string line = fmt::format("seatlint {} [options]", command.text().name);
  for (const OptionSpec& spec : set.specs()) {
    if (spec.kind != OptionSpec::Kind::positional) continue;
    const std::string name = spec.name + (spec.many ? "..." : "");
    line += spec.required ? " " + name : " [" + name + "]";
  }
  return line;
}

void command_page(std::ostream& out, Command& command, const OptionSet& globals) {
  OptionSet set;
  command.declare(set);
  const CommandText& text = command.text();
  begin(out, "seatlint-" + std::string(text.name), text.summary);
  heading(out, "SYNOPSIS");
  out << ".B " << roff(synopsis(command, set)) << '\n';
  examples(out, text.examples);
  heading(out, "OPTIONS");
  for (const OptionSpec& spec : set.specs())
    if (spec.kind == OptionSpec::Kind::positional) entry(out, spec.name, spec.help);
  options(out, set);
  heading(out, "\"OPTIONS OF EVERY COMMAND\"");
  options(out, globals);
  if (!text.notes.empty()) {
    heading(out, "NOTES");
    out << roff(text.notes) << '\n';
  }
  heading(out, "\"SEE ALSO\"");
  out << ".BR seatlint (1)\n";
}

void program_page(std::ostream& out, const std::vector<std::unique_ptr<Command>>& commands, const OptionSet& globals) {
  begin(out, "seatlint", program_text().summary);
  heading(out, "SYNOPSIS");
  out << ".B " << roff("seatlint [options] COMMAND ...") << '\n';
  examples(out, program_text().examples);
  heading(out, "COMMANDS");
  for (const auto& command : commands)
    entry(out, "seatlint-" + std::string(command->text().name) + "(1)", command->text().summary);
  heading(out, "\"OPTIONS OF EVERY COMMAND\"");
  options(out, globals);
  heading(out, "NOTES");
  out << roff(program_text().notes) << '\n';
}

void declare(OptionSet& set, ManOptions& target) {
  set.positional("COMMAND", target.command, "whose page (default: the program's)", false);
}

int run_man(const ManOptions& asked, Io& io) {
  const auto commands = all_commands();
  OptionSet globals;
  Globals values;
  std::string lock_timeout;
  declare_globals(globals, values, lock_timeout);
  if (asked.command.empty()) {
    program_page(io.out, commands, globals);
    return 0;
  }
  std::vector<std::string> names;
  for (const auto& command : commands) {
    names.emplace_back(command->text().name);
    if (names.back() == asked.command) {
      command_page(io.out, *command, globals);
      return 0;
    }
  }
  throw unknown_name("command", asked.command, names);
}

}  // namespace

std::unique_ptr<Command> man_command() { return make_command(man_words, declare, run_man); }

}  // namespace seatlint
