// SPDX-License-Identifier: Apache-2.0
// Lays the help out: what to type first, then each option on its line, wrapped to the terminal.
#include "cli/help.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "commands/all_commands.hpp"
#include "report/layout.hpp"

namespace seatlint::cli {
namespace {

constexpr int name_width = 30;

/// `name` in the left column, `help` beside it, or below where the name is too long.
void print_entry(std::ostream& out, const std::string& name, std::string_view help, int columns) {
  std::string line = "  " + name;
  if (display_width(line) > name_width - 2) {
    out << line << '\n';
    line.clear();
  }
  for (const std::string& part : wrapped(help, std::clamp(columns, 60, 100) - name_width)) {
    line.resize(std::max<std::size_t>(line.size(), name_width), ' ');
    out << line << part << '\n';
    line.clear();
  }
}

std::string label(const OptionSpec& spec) {
  std::string text = spec.short_name.empty() ? spec.name : spec.short_name + ", " + spec.name;
  if (!spec.value_name.empty()) text += " " + spec.value_name;
  if (spec.kind == OptionSpec::Kind::several) text += "...";
  return text;
}

void print_options(std::ostream& out, const OptionSet& set, int columns) {
  for (const OptionSpec& spec : set.specs())
    if (spec.kind != OptionSpec::Kind::positional) print_entry(out, label(spec), spec.help, columns);
}

std::string usage(const CommandText& text, const OptionSet& options) {
  std::string line = fmt::format("usage: seatlint {} [options]", text.name);
  for (const OptionSpec& spec : options.specs()) {
    if (spec.kind != OptionSpec::Kind::positional) continue;
    const std::string name = spec.name + (spec.many ? "..." : "");
    line += spec.required ? " " + name : " [" + name + "]";
  }
  return line;
}

void print_examples(std::ostream& out, std::string_view examples) {
  while (!examples.empty()) {
    const auto end = examples.find('\n');
    out << "  " << trim(examples.substr(0, end)) << '\n';
    examples.remove_prefix(end == std::string_view::npos ? examples.size() : end + 1);
  }
}

}  // namespace

void print_help(const std::vector<std::unique_ptr<Command>>& commands, const OptionSet& globals, int columns,
                std::ostream& out) {
  out << "seatlint " << program_text().summary << ".\n\nexamples:\n";
  print_examples(out, program_text().examples);
  out << "\nusage: seatlint [options] COMMAND ...\n\ncommands:\n";
  for (const auto& command : commands)
    print_entry(out, std::string(command->text().name), command->text().summary, columns);
  out << "\noptions for every command:\n";
  print_options(out, globals, columns);
  print_entry(out, "-h, --help", "help, also after a command", columns);
  print_entry(out, "--version", "the version", columns);
  out << '\n' << program_text().notes << '\n';
}

void print_command_help(const CommandText& text, const OptionSet& options, const OptionSet& globals, int columns,
                        std::ostream& out) {
  out << "seatlint " << text.name << ": " << text.summary << "\n\nexamples:\n";
  print_examples(out, text.examples);
  out << '\n' << usage(text, options) << '\n';
  bool first = true;
  for (const OptionSpec& spec : options.specs()) {
    if (spec.kind != OptionSpec::Kind::positional) continue;
    if (first) out << '\n';
    first = false;
    print_entry(out, spec.name, spec.help, columns);
  }
  out << "\noptions:\n";
  print_options(out, options, columns);
  print_entry(out, "-h, --help", "this help", columns);
  out << "\noptions of every command:\n";
  print_options(out, globals, columns);
  if (!text.notes.empty()) out << '\n' << text.notes << '\n';
}

}  // namespace seatlint::cli
