// SPDX-License-Identifier: Apache-2.0
// `seatlint rules`: what is looked for, from the text that stands beside each rule's code.
#include "commands/rules.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/session.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const Rule& rule) {
  return {{"name", rule.name},
          {"code", rule.code},
          {"family", to_string(rule.family)},
          {"severity", to_string(rule.severity)},
          {"summary", rule.summary},
          {"description", rule.description}};
}

const Rule& rule_named(const std::string& name) {
  if (const Rule* rule = find_rule(name)) return *rule;
  std::vector<std::string> names;
  for (const Rule* rule : rules()) {
    if (rule->code == name) return *rule;
    names.emplace_back(rule->name);
  }
  throw unknown_name("rule", name, names);
}

void show(const Rule& rule, Io& io) {
  print_cells(
      io, {{std::string(rule.name), Paint::bold},
           {fmt::format("  {}, family {}, severity {}", rule.code, to_string(rule.family), to_string(rule.severity)),
            Paint::dim}});
  io.out << rule.summary << "\n\n" << trim(rule.description) << '\n';
}

void declare(OptionSet& set, RulesOptions& options) {
  set.positionals("show NAME", options.words, "one rule: what it means, false alarms, settings", false);
  set.choice("--format", options.format, {"table", "json"}, "how to print them");
}

}  // namespace

int run_rules(const RulesOptions& options, Io& io) {
  const auto name = name_to_show("rules", options.words);
  const bool json = options.format == "json";
  if (name) {
    const Rule& rule = rule_named(*name);
    if (json) io.out << value_of(rule).dump(2) << '\n';
    if (!json) show(rule, io);
    return 0;
  }
  if (json) {
    Json list = Json::array();
    for (const Rule* rule : rules()) list.push_back(value_of(*rule));
    io.out << Json{{"schema", "seatlint.rules/1"}, {"rules", list}}.dump(2) << '\n';
    return 0;
  }
  TextTable table({{"rule"}, {"code"}, {"family"}, {"severity"}, {"says", Column::Align::left, Column::Cut::end, 24}});
  for (const Rule* rule : rules())
    table.add({{std::string(rule->name), Paint::plain},
               {std::string(rule->code), Paint::dim},
               {std::string(to_string(rule->family)), Paint::plain},
               {std::string(to_string(rule->severity)), Paint::plain},
               {std::string(rule->summary), Paint::plain}});
  print_table(io, table);
  return 0;
}

std::unique_ptr<Command> rules_command() {
  return make_command<RulesOptions>({"rules", "what is looked for, and what each finding means",
                                     "seatlint rules                      all rules\n"
                                     "seatlint rules show never-used      one, with its false alarms and settings"},
                                    declare, run_rules);
}

}  // namespace seatlint
