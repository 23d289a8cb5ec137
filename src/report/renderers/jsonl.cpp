// SPDX-License-Identifier: Apache-2.0
// JSON lines: the report without its findings as the first line, then one finding a line, for jq and log pipelines.
#include <ostream>
#include <utility>

#include "report/json_text.hpp"

namespace seatlint {
namespace {

void write_inline(std::ostream& out, const JsonMember& member) {
  out << ",\"" << member.key << "\":";
  if (!member.is_array) {
    out << member.lines.front();
    return;
  }
  char before = '[';
  member.each_line([&](std::string_view line) { out << std::exchange(before, ',') << line; });
  out << (before == '[' ? "[]" : "]");
}

}  // namespace

void render_jsonl(const Report& report, const RenderOptions& options, std::ostream& out) {
  out << "{\"type\":\"summary\"";
  for (const JsonMember& member : json_before_findings(report, options.terminal)) write_inline(out, member);
  write_inline(out, json_doubts(report, options.terminal));
  for (const JsonMember& member : json_after_doubts(report, options.terminal)) write_inline(out, member);
  out << ",\"finding_count\":" << report.findings.size() << "}\n";
  std::string line;
  for (const Finding& finding : report.findings) {
    line.clear();
    append_finding_json(line, finding, options.terminal);
    out << "{\"type\":\"finding\"," << std::string_view(line).substr(1) << '\n';
  }
}

}  // namespace seatlint
