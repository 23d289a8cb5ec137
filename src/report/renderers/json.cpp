// SPDX-License-Identifier: Apache-2.0
// The whole report as schema seatlint.audit/1: streamed, one array element a line, so that it diffs and greps well.
#include <ostream>

#include "report/json_text.hpp"

namespace seatlint {
namespace {

void write_member(std::ostream& out, const JsonMember& member) {
  out << "  \"" << member.key << "\": ";
  if (!member.is_array) {
    out << member.lines.front();
    return;
  }
  if (member.lines.empty()) {
    out << "[]";
    return;
  }
  for (const std::string& line : member.lines) out << (&line == &member.lines.front() ? "[\n    " : ",\n    ") << line;
  out << "\n  ]";
}

void write_findings(std::ostream& out, const Report& report, bool ascii) {
  constexpr std::size_t full = 1 << 20;
  std::string text = "  \"findings\": [";
  for (const Finding& finding : report.findings) {
    text += &finding == &report.findings.front() ? "\n    " : ",\n    ";
    append_finding_json(text, finding, ascii);
    if (text.size() < full) continue;
    out << text;
    text.clear();
  }
  out << text << (report.findings.empty() ? "]" : "\n  ]");
}

}  // namespace

void render_json(const Report& report, const RenderOptions& options, std::ostream& out) {
  out << "{\n";
  for (const JsonMember& member : json_before_findings(report, options.terminal)) {
    write_member(out, member);
    out << ",\n";
  }
  write_findings(out, report, options.terminal);
  out << ",\n";
  write_member(out, json_doubts(report, options.terminal));
  for (const JsonMember& member : json_after_doubts(report, options.terminal)) {
    out << ",\n";
    write_member(out, member);
  }
  out << "\n}\n";
}

}  // namespace seatlint
