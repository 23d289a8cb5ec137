// SPDX-License-Identifier: Apache-2.0
// The whole report as schema seatlint.audit/1: streamed, one array element a line, so that it diffs and greps well.
#include <algorithm>
#include <ostream>

#include "base/in_parallel.hpp"
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

/// Several at once, so that all processors write; a few megabytes before they go out.
void write_findings(std::ostream& out, const Report& report, bool ascii) {
  constexpr std::size_t at_once = 8192, fewest = 500;
  const std::vector<Finding>& findings = report.findings;
  std::vector<std::string> texts(part_count(at_once, fewest));
  out << "  \"findings\": [";
  for (std::size_t done = 0; done < findings.size(); done += at_once) {
    const std::size_t count = std::min(at_once, findings.size() - done);
    in_parallel(count, fewest, [&](std::size_t first, std::size_t last, std::size_t part) {
      texts[part].clear();
      for (std::size_t i = done + first; i < done + last; ++i) {
        texts[part] += i == 0 ? "\n    " : ",\n    ";
        append_finding_json(texts[part], findings[i], ascii);
      }
    });
    for (std::size_t part = 0; part < part_count(count, fewest); ++part) out << texts[part];
  }
  out << (findings.empty() ? "]" : "\n  ]");
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
