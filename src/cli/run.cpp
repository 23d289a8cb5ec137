// SPDX-License-Identifier: Apache-2.0
// One command line from words to exit code: the single place where exceptions become messages, and where output that
// could not be written is noticed.
#include <fmt/core.h>

#include <cerrno>
#include <charconv>
#include <ostream>

#include "cli/command_line.hpp"
#include "cli/descriptor_buffer.hpp"
#include "cli/help.hpp"
#include "commands/all_commands.hpp"
#include "commands/session.hpp"
#include "seatlint/cli.hpp"

namespace seatlint {
namespace {

constexpr int usage_error = 2, broken_pipe = 128 + 13;

/// `30`, `30s`, `2m` or `500ms`.
int parse_timeout_ms(const std::string& text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const std::string unit(rest, end);
  const int factor = unit.empty() || unit == "s" ? 1000 : unit == "ms" ? 1 : unit == "m" ? 60'000 : 0;
  if (error != std::errc() || factor == 0 || number < 0 || number > 2'000'000'000 / factor)
    throw Error(fmt::format("--lock-timeout wants seconds, or a number with ms, s or m, not \"{}\"", text));
  return number * factor;
}

class Line {
 public:
  Line(std::vector<std::string> args, Io& io) : args_(std::move(args)), io_(io), commands_(all_commands()) {
    declare_globals(globals_, io_.globals, lock_timeout_);
  }

  int run() {
    const std::size_t at = cli::command_position(args_, globals_);
    if (at == args_.size()) return without_command();
    const std::string word = args_[at];
    args_.erase(args_.begin() + static_cast<std::ptrdiff_t>(at));
    if (word == "help") return help_for(at < args_.size() ? args_[at] : "");
    Command& command = find(word);
    OptionSet options;
    command.declare(options);
    if (cli::asks_for(args_, "--help", "-h")) {
      cli::print_command_help(command.text(), options, globals_, io_.environment.columns, io_.out);
      return 0;
    }
    if (cli::asks_for(args_, "--version", "")) return print_version();
    cli::parse(args_, globals_, options, io_.environment.variables);
    if (!lock_timeout_.empty()) io_.globals.lock_timeout_ms = parse_timeout_ms(lock_timeout_);
    return command.run(io_);
  }

 private:
  int print_version() {
    io_.out << "seatlint " << SEATLINT_VERSION << '\n';
    return 0;
  }

  int without_command() {
    if (cli::asks_for(args_, "--version", "")) return print_version();
    if (cli::asks_for(args_, "--help", "-h")) return help_for("");
    cli::parse(args_, globals_, OptionSet(), io_.environment.variables);
    cli::print_help(commands_, globals_, io_.environment.columns, io_.err);
    return usage_error;
  }

  int help_for(const std::string& word) {
    if (word.empty()) {
      cli::print_help(commands_, globals_, io_.environment.columns, io_.out);
    } else {
      Command& command = find(word);
      OptionSet options;
      command.declare(options);
      cli::print_command_help(command.text(), options, globals_, io_.environment.columns, io_.out);
    }
    return 0;
  }

  Command& find(const std::string& word) {
    std::vector<std::string> names;
    for (const auto& command : commands_) {
      if (command->text().name == word) return *command;
      names.emplace_back(command->text().name);
    }
    const auto near = nearest(word, names);
    throw Error(near ? fmt::format("no command \"{}\"; did you mean \"{}\"?", word, *near)
                     : fmt::format("no command \"{}\"; seatlint --help lists them", word));
  }

  std::vector<std::string> args_;
  Io& io_;
  std::vector<std::unique_ptr<Command>> commands_;
  OptionSet globals_;
  std::string lock_timeout_;
};

int run_command_line(const std::vector<std::string>& args, Io& io) {
  try {
    return Line(args, io).run();
  } catch (const Error& error) {
    complain(io, error.what());
    return static_cast<int>(error.kind());
  } catch (const std::bad_alloc&) {
    complain(io, "out of memory");
  } catch (const std::exception& error) {
    complain(io, error.what());
  }
  return usage_error;
}

}  // namespace

int run(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
        const Environment& environment) {
  Io io{in, out, err, environment, {}};
  const int code = run_command_line(args, io);
  out.flush();
  if (out) return code;
  const auto* descriptor = dynamic_cast<const cli::DescriptorBuffer*>(out.rdbuf());
  const int reason = descriptor == nullptr ? 0 : descriptor->failure();
  if (reason == EPIPE) return broken_pipe;  // whoever reads has seen enough; nothing to complain about
  complain(io, reason == 0 ? "the output could not be written"
                           : "the output could not be written: " + cli::DescriptorBuffer::describe(reason));
  return usage_error;
}

}  // namespace seatlint
