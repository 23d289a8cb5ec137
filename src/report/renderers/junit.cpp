// SPDX-License-Identifier: Apache-2.0
// JUnit XML: a case for each rule and each limit, failed where something counts, so that build servers show and count
// it.
#include <map>
#include <ostream>

#include "report/amounts.hpp"
#include "report/log_lines.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_lines = 100;

struct Case {
  std::string suite, name;
  std::string message;  ///< empty: passed
  std::vector<std::string> lines;
  std::string_view type;
};

bool asked_for(const Report& report, const Rule& rule) {
  if (report.asked.empty()) return true;
  for (const std::string& name : report.asked)
    if (name == rule.name || name == to_string(rule.family)) return true;
  return false;
}

std::vector<Case> rule_cases(const Report& report) {
  std::map<std::string_view, Case> by_rule;
  std::map<std::string_view, std::int64_t> numbers;
  for (const Finding* finding : counting(report)) {
    Case& made = by_rule[finding->rule];
    numbers[finding->rule] += finding->count;
    made.lines.push_back(sentence_of(*finding));
    made.message = counted(numbers[finding->rule], "finding") + ", " + std::string(to_string(finding->severity));
    made.type = "finding";
  }
  for (const Doubt& doubt : report.doubts) {
    Case& made = by_rule[doubt.rule];
    made.lines.push_back(printable(doubt.says + (doubt.fetch.empty() ? "" : "; fetch: " + doubt.fetch)));
    made.message = counted(static_cast<std::int64_t>(made.lines.size()), "doubt");
    made.type = "doubt";
  }
  std::vector<Case> cases;
  for (const Rule* rule : rules()) {
    const bool looks = rule->family != Family::none || by_rule.contains(rule->name);
    if (!looks || !asked_for(report, *rule)) continue;
    Case made = by_rule.contains(rule->name) ? by_rule[rule->name] : Case{};
    made.suite = "seatlint." + std::string(to_string(rule->family));
    made.name = rule->name;
    cases.push_back(std::move(made));
  }
  return cases;
}

std::vector<Case> cases_of(const Report& report) {
  std::vector<Case> cases;
  for (const Gate& gate : report.gates) {
    Case made{"seatlint.check", gate.name, {}, {}, "gate"};
    const std::string text = "limit " + gate.limit + ", actual " + gate.actual + ", headroom " + gate.headroom;
    if (gate.broken) {
      made.message = text;
      made.lines.push_back(printable(gate.why.empty() ? text : gate.why));
    }
    cases.push_back(std::move(made));
  }
  for (Case& made : rule_cases(report)) cases.push_back(std::move(made));
  return cases;
}

void write_case(std::ostream& out, const Case& made) {
  out << "    <testcase classname=\"" << markup_text(made.suite) << "\" name=\"" << markup_text(made.name)
      << "\" time=\"0\"";
  if (made.message.empty()) {
    out << "/>\n";
    return;
  }
  out << ">\n      <failure type=\"" << made.type << "\" message=\"" << markup_text(made.message) << "\">";
  for (std::size_t i = 0; i < made.lines.size() && i < most_lines; ++i)
    out << (i == 0 ? "" : "\n") << markup_text(made.lines[i]);
  if (made.lines.size() > most_lines)
    out << "\n... and " << grouped(static_cast<std::int64_t>(made.lines.size() - most_lines)) << " more";
  out << "</failure>\n    </testcase>\n";
}

}  // namespace

void render_junit(const Report& report, const RenderOptions&, std::ostream& out) {
  const std::vector<Case> cases = cases_of(report);
  std::size_t failures = 0;
  for (const Case& made : cases) failures += !made.message.empty();
  const std::string counts = " tests=\"" + std::to_string(cases.size()) + "\" failures=\"" + std::to_string(failures) +
                             "\" errors=\"0\" time=\"0\"";
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"seatlint\"" << counts << ">\n"
      << "  <testsuite name=\"seatlint as of " << to_string(report.as_of) << "\"" << counts << " skipped=\"0\">\n";
  for (const Case& made : cases) write_case(out, made);
  out << "  </testsuite>\n</testsuites>\n";
}

}  // namespace seatlint
