// SPDX-License-Identifier: Apache-2.0
// SARIF 2.1.0 for code scanning: the rules with their documentation, a result a finding, waived ones suppressed.
#include <map>
#include <ostream>

#include "report/amounts.hpp"
#include "report/json_text.hpp"
#include "report/log_lines.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_results = 25'000;  // GitHub takes no run with more, 2026-08

std::string_view level_of(Severity severity) {
  if (severity >= Severity::high) return "error";
  return severity == Severity::medium ? "warning" : "note";
}

/// A file name as a relative URI reference: what RFC 3986 does not allow in a path is written as %XX.
std::string uri_of(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      uri += c;
    else
      uri += std::string("%") + "0123456789ABCDEF"[byte >> 4] + "0123456789ABCDEF"[byte & 15];
  }
  return uri;
}

class Sarif {
 public:
  Sarif(const Report& report, std::ostream& out, bool ascii) : report_(report), out_(out), ascii_(ascii) {}

  void write() {
    out_ << "{\n\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n"
         << "\"tool\":{\"driver\":{\"name\":\"seatlint\",\"version\":\"" << SEATLINT_VERSION
         << "\",\"semanticVersion\":\"" << SEATLINT_VERSION << "\",\"rules\":[";
    for (const Rule* rule : rules())
      if (rule->family != Family::none || rule->name == "low-use") add_rule(*rule);
    if (!report_.gates.empty()) add_gate_rule();
    out_ << "\n]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[";
    for (const Gate& gate : report_.gates)
      if (gate.broken) add_gate(gate);
    for (const Finding& finding : report_.findings)
      if (written_ < most_results) add(finding);
    out_ << "\n],\n\"invocations\":[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[";
    notify();
    out_ << "]}]\n}]}\n";
  }

 private:
  std::string text(std::string_view value) const { return json_string(value, ascii_); }

  void add_rule(const Rule& rule) {
    out_ << (index_.empty() ? "\n" : ",\n") << "{\"id\":\"" << rule.code << "\",\"name\":" << text(rule.name)
         << ",\"shortDescription\":{\"text\":" << text(rule.summary)
         << "},\"fullDescription\":{\"text\":" << text(rule.summary)
         << "},\"help\":{\"text\":" << text(rule.description) << ",\"markdown\":" << text(rule.description)
         << "},\"defaultConfiguration\":{\"level\":\"" << level_of(rule.severity)
         << "\"},\"properties\":{\"tags\":[\"license\",\"" << to_string(rule.family) << "\"]}}";
    index_.emplace(rule.code, index_.size());
  }

  void add_gate_rule() {
    out_ << ",\n{\"id\":\"SL900\",\"name\":\"budget\",\"shortDescription\":{\"text\":\"a limit of the budget is "
            "broken\"},"
            "\"defaultConfiguration\":{\"level\":\"error\"}}";
    index_.emplace("SL900", index_.size());
  }

  void begin(const std::string& code, std::string_view level, const std::string& message, const Place& place) {
    out_ << (written_++ == 0 ? "\n" : ",\n") << "{\"ruleId\":\"" << code << "\",\"ruleIndex\":" << index_.at(code)
         << ",\"level\":\"" << level << "\",\"message\":{\"text\":" << text(message)
         << "},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":" << text(uri_of(place.file))
         << "},\"region\":{\"startLine\":" << place.line << "}}}]";
  }

  void add_gate(const Gate& gate) {
    begin("SL900", "error",
          printable(gate.name + ": limit " + gate.limit + ", actual " + gate.actual +
                    (gate.why.empty() ? "" : " (" + gate.why + ")")),
          place_of_limits(report_));
    out_ << ",\"partialFingerprints\":{\"seatlint/1\":\"" << sha256_hex("gate " + gate.name) << "\"}}";
  }

  void add(const Finding& finding) {
    begin(std::string(finding.code), level_of(finding.severity), sentence_of(finding), place_of(report_, finding));
    const std::string mark = fingerprint(finding);
    const int before = seen_[mark]++;
    out_ << ",\"partialFingerprints\":{\"seatlint/1\":\"" << mark << (before == 0 ? "" : ":" + std::to_string(before))
         << "\"}";
    if (finding.is_new) out_ << ",\"baselineState\":\"" << (*finding.is_new ? "new" : "unchanged") << '"';
    if (finding.waived)
      out_ << ",\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":"
           << text("waived until " + to_string(finding.waived->until) + ": " + finding.waived->reason) << "}]";
    out_ << '}';
  }

  void notify() {
    const char* before = "";
    const auto say = [&](std::string_view level, const std::string& message) {
      out_ << before << "{\"level\":\"" << level << "\",\"message\":{\"text\":" << text(printable(message)) << "}}";
      before = ",";
    };
    for (const Doubt& doubt : report_.doubts)
      say("warning", doubt.rule + ": " + doubt.says + (doubt.fetch.empty() ? "" : "; fetch: " + doubt.fetch));
    if (report_.findings.size() > most_results)
      say("warning", counted(static_cast<std::int64_t>(report_.findings.size() - most_results), "result") +
                         " left out: a run may hold 25,000");
  }

  const Report& report_;
  std::ostream& out_;
  bool ascii_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::map<std::string, int> seen_;
  std::size_t written_ = 0;
};

}  // namespace

void render_sarif(const Report& report, const RenderOptions& options, std::ostream& out) {
  Sarif(report, out, options.terminal).write();
}

}  // namespace seatlint
