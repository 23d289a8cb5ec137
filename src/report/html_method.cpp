// SPDX-License-Identifier: Apache-2.0
// What the figures rest on: limits, doubts, exceptions, settings and digests.
#include <ostream>

#include "report/amounts.hpp"
#include "report/html_page.hpp"
#include "report/log_lines.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

void begin_table(std::ostream& out, const char* label, std::initializer_list<const char*> heads) {
  out << "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"" << label << "\"><table><thead><tr>";
  for (const char* head : heads) out << "<th scope=\"col\">" << head << "</th>";
  out << "</tr></thead><tbody>\n";
}

void row(std::ostream& out, std::initializer_list<std::string> cells) {
  out << "<tr>";
  for (const std::string& cell : cells) out << "<td>" << markup_text(cell) << "</td>";
  out << "</tr>\n";
}

constexpr const char* end_table = "</tbody></table></div>\n";

}  // namespace

void html_gates(std::ostream& out, const Report& report) {
  if (report.gates.empty()) return;
  html_section(out, "limits", "Limits");
  begin_table(out, "Limits", {"", "limit", "allowed", "actual", "headroom", "remark"});
  for (const Gate& gate : report.gates)
    out << "<tr><td><span class=\"tag " << (gate.broken ? "broken\">broken" : "ok\">ok")
        << "</span></td><th scope=\"row\">" << markup_text(gate.name) << "</th><td class=\"n\">"
        << markup_text(gate.limit) << "</td><td class=\"n\">" << markup_text(gate.actual) << "</td><td class=\"n\">"
        << markup_text(gate.headroom) << "</td><td>" << markup_text(gate.why) << "</td></tr>\n";
  out << end_table << "</section>\n";
}

void html_verdicts(std::ostream& out, const Report& report) {
  if (report.crosswalk.empty()) return;
  html_section(out, "verdicts", "Seats by verdict");
  begin_table(out, "Seats by verdict", {"verdict", "seats", "waived", "cost a month", "counted as"});
  for (const CrosswalkRow& line : report.crosswalk)
    out << "<tr><th scope=\"row\">" << markup_text(line.verdict) << "</th><td class=\"n\">" << grouped(line.seats)
        << "</td><td class=\"n\">" << grouped(line.waived) << "</td><td class=\"n\">"
        << (line.minor.empty() ? "–" : markup_text(amounts_text(line.minor))) << "</td><td>"
        << markup_text(counted_as(line)) << "</td></tr>\n";
  out << end_table << "</section>\n";
}

void html_doubts(std::ostream& out, const Report& report) {
  html_section(out, "doubts", "What the evidence leaves open");
  if (report.doubts.empty()) out << "<p>Nothing: every seat could be judged.</p>\n";
  if (!report.doubts.empty()) {
    begin_table(out, "Doubts", {"rule", "org", "what is missing", "what would end the doubt"});
    for (const Doubt& doubt : report.doubts) row(out, {doubt.rule, doubt.org, doubt.says, doubt.fetch});
    out << end_table;
  }
  html_coverage(out, report);
  out << "</section>\n";
}

void html_waivers(std::ostream& out, const Report& report) {
  if (report.waivers.empty()) return;
  html_section(out, "waivers", "Waivers");
  begin_table(out, "Waivers", {"rule", "for", "owner", "reason", "until", "findings", "costs a month"});
  for (const WaiverLine& waiver : report.waivers)
    row(out, {waiver.rule, waiver.subject, waiver.owner, waiver.reason,
              to_string(waiver.until) + (waiver.until < report.as_of ? " (expired)" : ""), grouped(waiver.findings),
              waiver.saving.empty() ? "–" : amounts_text(waiver.saving)});
  out << end_table << "</section>\n";
}

void html_method(std::ostream& out, const Report& report) {
  html_section(out, "method", "Method and digests");
  out << "<p>Every seat has exactly one verdict, the first of the verdict table that applies. Nobody is judged on "
         "missing "
         "evidence: what a log does not cover stays open. Use within "
      << to_string(report.window.first) << " to " << to_string(report.window.last)
      << " decides about tiers; a seat is idle "
      << "after " << report.idle_days << " days without use, new seats are left alone for " << report.grace_days
      << " days. The same exports, policy and audit date give this report again, byte for byte but for today's "
         "date.</p>\n";
  if (report.names != Names::show)
    out << "<p>"
        << (report.names == Names::hide ? "Names are hidden; figures about persons are rounded down to groups of "
                                        : "Names are pseudonyms, the same in every report made with the same key.");
  if (report.names == Names::hide) out << report.min_group << ", the rest is withheld.";
  if (report.names != Names::show) out << "</p>\n";
  begin_table(out, "Files read", {"file", "kind", "org", "rows", "days", "SHA-256"});
  for (const InputLine& line : report.inputs)
    out << "<tr><td>" << markup_text(line.file) << "</td><td>" << markup_text(line.kind) << "</td><td>"
        << markup_text(line.org) << "</td><td class=\"n\">" << grouped(static_cast<std::int64_t>(line.rows))
        << "</td><td>" << (line.first ? to_string(*line.first) : "")
        << (line.last && line.last != line.first ? " to " + to_string(*line.last) : "") << "</td><td><code>"
        << markup_text(line.sha256) << "</code></td></tr>\n";
  out << end_table << "<p class=\"soft\">Policy ";
  out << (report.policy_path.empty() ? "(defaults)" : markup_text(report.policy_path)) << " <code>"
      << markup_text(report.policy_sha256) << "</code>";
  for (const auto& [id, as_of] : report.catalogs) out << "; catalog " << markup_text(id) << " of " << to_string(as_of);
  out << "; seatlint " << SEATLINT_VERSION << ".</p></section>\n";
}

}  // namespace seatlint
