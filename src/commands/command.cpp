// SPDX-License-Identifier: Apache-2.0
// How options turn words into values, with messages that name the option and what it wants.
#include "commands/command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace seatlint {

Error unknown_name(std::string_view what, const std::string& asked, const std::vector<std::string>& words) {
  const auto near = nearest(asked, words);
  if (near) return Error(fmt::format("no {} named \"{}\"; did you mean \"{}\"?", what, asked, *near));
  if (words.size() > 12) return Error(fmt::format("no {} named \"{}\"", what, asked));
  std::string known;
  for (const std::string& word : words) known += (known.empty() ? "" : ", ") + word;
  return Error(fmt::format("no {} named \"{}\"; there are {}", what, asked, known));
}

void require_word(std::string_view what, const std::string& asked, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), asked) == words.end()) throw unknown_name(what, asked, words);
}

std::optional<std::string> name_to_show(std::string_view command, const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  if (words.front() != "show") {
    throw Error(fmt::format("{0} lists, {0} show NAME tells about one; did you mean \"seatlint {0} show {1}\"?",
                            command, words.back()));
  }
  std::string name;
  for (std::size_t i = 1; i < words.size(); ++i) name += (i == 1 ? "" : " ") + words[i];
  if (name.empty()) throw Error(fmt::format("{0} show wants a name; seatlint {0} lists them", command));
  return name;
}

OptionSpec& OptionSet::add(OptionSpec::Kind kind, std::string_view names, std::string help, std::string value_name) {
  OptionSpec spec;
  spec.kind = kind;
  const auto comma = names.find(',');
  if (comma != std::string_view::npos) spec.short_name = names.substr(0, comma);
  spec.name = names.substr(comma == std::string_view::npos ? 0 : comma + 1);
  spec.value_name = std::move(value_name);
  spec.help = std::move(help);
  specs_.push_back(std::move(spec));
  return specs_.back();
}

void OptionSet::option(std::string_view names, std::string& target, std::string help, std::string value_name) {
  add(OptionSpec::Kind::value, names, std::move(help), std::move(value_name)).set = [&target](const auto& values) {
    target = values.back();
  };
}

void OptionSet::number(std::string_view names, std::optional<int>& target, std::string help, std::string value_name) {
  OptionSpec& spec = add(OptionSpec::Kind::value, names, std::move(help), std::move(value_name));
  spec.set = [&target, name = spec.name](const auto& values) {
    const std::string& text = values.back();
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
      throw Error(fmt::format("{} wants a whole number, not \"{}\"", name, text));
    target = number;
  };
}

void OptionSet::day(std::string_view names, std::optional<Day>& target, std::string help) {
  OptionSpec& spec = add(OptionSpec::Kind::value, names, std::move(help), "DATE");
  spec.set = [&target, name = spec.name](const auto& values) {
    target = parse_day(values.back());
    if (!target) throw Error(fmt::format("{} wants a date like 2026-09-30, not \"{}\"", name, values.back()));
  };
}

void OptionSet::choice(std::string_view names, std::string& target, std::vector<std::string> words, std::string help) {
  std::string value_name;
  for (const std::string& word : words) value_name += (value_name.empty() ? "" : "|") + word;
  OptionSpec& spec = add(OptionSpec::Kind::value, names, std::move(help), std::move(value_name));
  spec.set = [&target, name = spec.name, words = std::move(words)](const auto& values) {
    if (std::find(words.begin(), words.end(), values.back()) == words.end()) {
      const auto near = nearest(values.back(), words);
      std::string known;
      for (const std::string& word : words) known += (known.empty() ? "" : ", ") + word;
      throw Error(fmt::format("{} can't be \"{}\"; {}", name, values.back(),
                              near ? fmt::format("did you mean \"{}\"?", *near) : "it takes " + known));
    }
    target = values.back();
  };
}

void OptionSet::repeatable(std::string_view names, std::vector<std::string>& target, std::string help,
                           std::string value_name) {
  add(OptionSpec::Kind::repeatable, names, std::move(help), std::move(value_name)).set = [&target](const auto& values) {
    target = values;
  };
}

void OptionSet::several(std::string_view names, std::vector<std::string>& target, std::string help,
                        std::string value_name) {
  add(OptionSpec::Kind::several, names, std::move(help), std::move(value_name)).set = [&target](const auto& values) {
    target = values;
  };
}

void OptionSet::flag(std::string_view names, bool& target, std::string help) {
  add(OptionSpec::Kind::flag, names, std::move(help), {}).set = [&target](const auto& values) {
    target = values.empty() || values.back() == "true";
  };
}

void OptionSet::positional(std::string name, std::string& target, std::string help, bool required) {
  OptionSpec& spec = add(OptionSpec::Kind::positional, name, std::move(help), {});
  spec.required = required;
  spec.set = [&target](const auto& values) { target = values.back(); };
}

void OptionSet::positionals(std::string name, std::vector<std::string>& target, std::string help, bool required) {
  OptionSpec& spec = add(OptionSpec::Kind::positional, name, std::move(help), {});
  spec.required = required;
  spec.many = true;
  spec.set = [&target](const auto& values) { target = values; };
}

}  // namespace seatlint
