// SPDX-License-Identifier: Apache-2.0
// The only file that knows CLI11. Its exceptions and exit codes end here.
#include "cli/command_line.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

namespace seatlint::cli {
namespace {

std::vector<const OptionSpec*> all_specs(const OptionSet& globals, const OptionSet& options) {
  std::vector<const OptionSpec*> specs;
  for (const OptionSet* set : {&options, &globals})
    for (const OptionSpec& spec : set->specs()) specs.push_back(&spec);
  return specs;
}

bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

Error unknown_option(const std::string& word, const std::vector<const OptionSpec*>& specs) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names{"--help", "--version"};
  for (const OptionSpec* spec : specs)
    if (spec->kind != OptionSpec::Kind::positional) names.push_back(spec->name);
  const auto near = nearest(name, names);
  return Error(near ? fmt::format("no option {}; did you mean {}?", name, *near)
                    : fmt::format("no option {}; --help shows what there is", name));
}

void declare(CLI::App& app, const OptionSpec& spec, std::set<const OptionSpec*>& given) {
  const std::string names = spec.kind == OptionSpec::Kind::positional ? spec.name
                            : spec.short_name.empty()                 ? spec.name
                                                                      : spec.short_name + "," + spec.name;
  if (spec.kind == OptionSpec::Kind::flag) {
    app.add_flag_callback(names, [&spec, &given] {
      given.insert(&spec);
      spec.set({});
    });
    return;
  }
  CLI::Option* option = app.add_option(names, [&spec, &given](const CLI::results_t& values) {
    given.insert(&spec);
    spec.set(values);
    return true;
  });
  option->type_name(spec.value_name);
  if (spec.kind == OptionSpec::Kind::value || (spec.kind == OptionSpec::Kind::positional && !spec.many)) {
    option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  } else if (spec.kind == OptionSpec::Kind::repeatable) {
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(false);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  } else {
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(true);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
}

/// CLI11 says "--org: 1 required TEXT missing".
Error explained(const CLI::ParseError& error, const std::vector<const OptionSpec*>& specs) {
  const std::string says = error.what();
  const std::string name = says.substr(0, says.find(':'));
  for (const OptionSpec* spec : specs)
    if (spec->name == name && !spec->value_name.empty())
      return Error(fmt::format("{} wants a value: {} {}", name, name, spec->value_name));
  return Error(says);
}

bool truth(const std::string& variable, std::string value) {
  value = fold_case(value);
  for (const char* yes : {"1", "true", "yes", "on"})
    if (value == yes) return true;
  for (const char* no : {"0", "false", "no", "off"})
    if (value == no) return false;
  throw Error(fmt::format("{} in the environment must be 1 or 0, not \"{}\"", variable, value));
}

void take_from_environment(const OptionSpec& spec, const std::map<std::string, std::string>& variables) {
  const std::string variable = variable_of(spec.name);
  const auto found = variables.find(variable);
  if (found == variables.end() || found->second.empty()) return;
  if (spec.kind == OptionSpec::Kind::flag) {
    spec.set({truth(variable, found->second) ? "true" : "false"});
    return;
  }
  try {
    spec.set({found->second});
  } catch (const Error& error) {
    throw Error(fmt::format("{} in the environment: {}", variable, error.what()));
  }
}

}  // namespace

std::size_t command_position(const std::vector<std::string>& args, const OptionSet& globals) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!is_option(args[i])) return i;
    if (args[i] == "--") return std::min(i + 1, args.size());
    const auto spec = std::find_if(globals.specs().begin(), globals.specs().end(), [&](const OptionSpec& s) {
      return s.kind != OptionSpec::Kind::flag && (s.name == args[i] || s.short_name == args[i]);
    });
    if (spec != globals.specs().end()) ++i;
  }
  return args.size();
}

bool asks_for(const std::vector<std::string>& args, const std::string& long_name, const std::string& short_name) {
  const auto end = std::find(args.begin(), args.end(), "--");
  return std::find(args.begin(), end, long_name) != end ||
         (!short_name.empty() && std::find(args.begin(), end, short_name) != end);
}

std::string variable_of(const std::string& option) {
  std::string variable = "SEATLINT_";
  for (const char c : option.substr(2))
    variable += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return variable;
}

void parse(const std::vector<std::string>& args, const OptionSet& globals, const OptionSet& options,
           const std::map<std::string, std::string>& variables) {
  const auto specs = all_specs(globals, options);
  std::set<const OptionSpec*> given;
  CLI::App app;
  app.set_help_flag("");
  app.allow_extras();
  app.allow_windows_style_options(false);
  for (const OptionSpec* spec : specs) declare(app, *spec, given);
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::ParseError& error) {
    throw explained(error, specs);
  }
  for (const std::string& rest : app.remaining()) {
    if (is_option(rest) && rest != "--") throw unknown_option(rest, specs);
  }
  for (const std::string& rest : app.remaining())
    if (rest != "--") throw Error(fmt::format("can't do anything with \"{}\"; --help shows what is expected", rest));
  for (const OptionSpec* spec : specs) {
    if (spec->kind == OptionSpec::Kind::positional) {
      if (spec->required && !given.contains(spec))
        throw Error(fmt::format("{} is missing; --help shows what is expected", spec->name));
    } else if (!given.contains(spec)) {
      take_from_environment(*spec, variables);
    }
  }
}

}  // namespace seatlint::cli
