// SPDX-License-Identifier: Apache-2.0
// docs/rules.md from the rules themselves, so that page and code say the same.
#include <fmt/core.h>

#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

std::string family_of(const Rule& rule) {
  return rule.family == Family::none ? "–" : std::string(to_string(rule.family));
}

std::string severity_of(const Rule& rule) {
  const bool hint = rule.name == "low-use" || rule.name == "training";
  return rule.family == Family::none && !hint ? "–" : std::string(to_string(rule.severity));
}

void add_rows(std::string& page, bool of_seats) {
  page += "| rule | code | family | severity | applies when |\n|---|---|---|---|---|\n";
  for (const Rule* rule : rules()) {
    if ((rule->applies != nullptr) != of_seats) continue;
    page += fmt::format("| [`{0}`](#{0}) | {1} | {2} | {3} | {4} |\n", rule->name, rule->code, family_of(*rule),
                        severity_of(*rule), rule->summary);
  }
}

}  // namespace

std::string rules_page() {
  std::string page =
      "# Rules\n\n"
      "This page is generated from `src/rules/*.cpp`; `seatlint rules show NAME` prints the same text.\n\n"
      "Every seat gets exactly one verdict: the first of these that applies. Anything else true of it is a note and "
      "costs\n"
      "nothing. How the ambiguous places were decided is written down in [verdicts.md](verdicts.md).\n\n";
  add_rows(page, true);
  page += "\nThe other rules look at products, accounts and files. They never change a seat's verdict.\n\n";
  add_rows(page, false);
  for (const Rule* rule : rules()) page += fmt::format("\n## {}\n\n{}\n", rule->name, rule->description);
  return page;
}

}  // namespace seatlint
