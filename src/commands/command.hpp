// SPDX-License-Identifier: Apache-2.0
// What a subcommand is: its words for the help, its options, and a function over plain values. Nothing here knows
// how a command line is parsed.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/cli.hpp"

namespace seatlint {

/// Options that every command has.
struct Globals {
  std::string db, config;
  std::string color = "auto";  ///< auto | always | never
  bool quiet = false, verbose = false;
  int lock_timeout_ms = 30'000;
};

/// All that a command may touch of the world outside its files.
struct Io {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  const Environment& environment;
  Globals globals;
};

/// One option or positional argument. `set` is called once with all values given, and throws Error for a wrong one.
struct OptionSpec {
  enum class Kind {
    flag,        ///< takes no value
    value,       ///< the last one given counts
    repeatable,  ///< one value each time it is given
    several,     ///< takes every value that follows, up to the next option
    positional,
  };
  Kind kind = Kind::value;
  std::string name;        ///< "--org"; of a positional what stands for it in the help, e.g. "PATH"
  std::string short_name;  ///< "-o" or empty
  std::string value_name;  ///< "NAME"
  std::string help;
  bool required = false, many = false;  ///< of a positional
  std::function<void(const std::vector<std::string>&)> set;
};

/// Where a command says which options it takes. Targets must outlive the parsing. Names are "-o,--output" or "--org".
class OptionSet {
 public:
  void option(std::string_view names, std::string& target, std::string help, std::string value_name);
  void number(std::string_view names, std::optional<int>& target, std::string help, std::string value_name);
  void day(std::string_view names, std::optional<Day>& target, std::string help);
  /// One of `words`; another one is answered with the nearest.
  void choice(std::string_view names, std::string& target, std::vector<std::string> words, std::string help);
  void repeatable(std::string_view names, std::vector<std::string>& target, std::string help, std::string value_name);
  void several(std::string_view names, std::vector<std::string>& target, std::string help, std::string value_name);
  void flag(std::string_view names, bool& target, std::string help);
  void positional(std::string name, std::string& target, std::string help, bool required = true);
  void positionals(std::string name, std::vector<std::string>& target, std::string help, bool required = true);

  const std::vector<OptionSpec>& specs() const { return specs_; }

 private:
  OptionSpec& add(OptionSpec::Kind kind, std::string_view names, std::string help, std::string value_name);
  std::vector<OptionSpec> specs_;
};

/// What the help says of a command.
struct CommandText {
  std::string_view name;
  std::string_view summary;     ///< one line, lower case, no full stop
  std::string_view examples;    ///< command lines with a comment each, first thing in the help
  std::string_view notes = {};  ///< after the options
};

class Command {
 public:
  virtual ~Command() = default;
  virtual const CommandText& text() const = 0;
  virtual void declare(OptionSet& options) = 0;
  /// The exit code; throws Error for what ends in 2 or 3.
  virtual int run(Io& io) = 0;
};

template <typename Options>
class CommandOf final : public Command {
 public:
  using Declare = void (*)(OptionSet&, Options&);
  using Run = int (*)(const Options&, Io&);
  CommandOf(const CommandText& words, Declare how, Run what) : text_(words), declare_(how), run_(what) {}
  const CommandText& text() const override { return text_; }
  void declare(OptionSet& options) override { declare_(options, options_); }
  int run(Io& io) override { return run_(options_, io); }

 private:
  CommandText text_;
  Declare declare_;
  Run run_;
  Options options_;
};

template <typename Options>
std::unique_ptr<Command> make_command(const CommandText& text, void (*declare)(OptionSet&, Options&),
                                      int (*run)(const Options&, Io&)) {
  return std::make_unique<CommandOf<Options>>(text, declare, run);
}

/// Each src/commands/<word>.cpp defines `std::unique_ptr<Command> <word>_command()`.
#define X(word) std::unique_ptr<Command> word##_command();
#include "commands_table.inc"
#undef X

/// `asked` must be one of `words`; otherwise an Error that calls it a `what` and names the nearest.
void require_word(std::string_view what, const std::string& asked, const std::vector<std::string>& words);
/// The Error for a name that is none: `no rule named "ilde"; did you mean "idle"?`
Error unknown_name(std::string_view what, const std::string& asked, const std::vector<std::string>& words);
/// Of the words behind a listing command: unset without any, NAME for `show NAME`; an Error for anything else.
std::optional<std::string> name_to_show(std::string_view command, const std::vector<std::string>& words);

}  // namespace seatlint
