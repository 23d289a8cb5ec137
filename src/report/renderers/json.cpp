// SPDX-License-Identifier: Apache-2.0
// The whole report as schema seatlint.audit/1: streamed, one array element a line, so that it diffs and greps well.
#include <algorithm>
#include <array>
#include <ostream>

#include "base/in_order.hpp"
#include "report/json_text.hpp"

namespace seatlint {
namespace {

void write_member(std::ostream& out, const JsonMember& member) {
  out << "  \"" << member.key << "\": ";
  if (!member.is_array) {
    out << member.lines.front();
    return;
  }
  bool any = false;
  member.each_line([&](std::string_view line) {
    out << (any ? ",\n    " : "[\n    ") << line;
    any = true;
  });
  out << (any ? "\n  ]" : "[]");
}

/// Made on all processors while those before go out.
void write_findings(std::ostream& out, const Report& report, bool ascii) {
  constexpr std::size_t at_once = 256, ahead = 4;
  const FindingList& findings = report.findings;
  std::array<std::string, ahead> texts;
  std::array<Finding, 2> rooms;  // by thread
  const auto make = [&](std::size_t piece, unsigned thread) {
    std::string& text = texts[piece % ahead];
    text.clear();
    for (std::size_t i = piece * at_once; i < std::min((piece + 1) * at_once, findings.size()); ++i) {
      text += i == 0 ? "\n    " : ",\n    ";
      append_finding_json(text, findings.at(i, rooms[thread]), ascii);
    }
    return piece;
  };
  out << "  \"findings\": [";
  make_in_order((findings.size() + at_once - 1) / at_once, ahead, make,
                [&](std::size_t piece) { out << texts[piece % ahead]; });
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
