// SPDX-License-Identifier: Apache-2.0
// GitLab's code quality report: a JSON array of issues, each with a fingerprint that stays the same until it is gone.
#include <map>
#include <ostream>

#include "report/json_text.hpp"
#include "report/log_lines.hpp"

namespace seatlint {
namespace {

std::string_view severity_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "blocker";
    case Severity::high:
      return "critical";
    case Severity::medium:
      return "major";
    case Severity::low:
      return "minor";
    case Severity::info:
      break;
  }
  return "info";
}

/// GitLab wants a path inside the repository.
std::string relative(std::string path) {
  while (path.starts_with('/') || path.starts_with("../")) path.erase(0, path.front() == '/' ? 1 : 3);
  return path.empty() ? "seatlint.toml" : path;
}

class Issues {
 public:
  Issues(std::ostream& out, bool ascii) : out_(out), ascii_(ascii) {}
  void add(const std::string& description, std::string_view check, std::string mark, std::string_view severity,
           const Place& place) {
    // Two issues with one fingerprint would be shown as one.
    if (const int before = seen_[mark]++; before > 0) mark = sha256_hex(mark + std::to_string(before));
    out_ << (first_ ? "[\n" : ",\n") << "{\"description\":" << json_string(description, ascii_)
         << ",\"check_name\":" << json_string(check, ascii_) << ",\"fingerprint\":\"" << mark << "\",\"severity\":\""
         << severity << "\",\"location\":{\"path\":" << json_string(relative(printable(place.file)), ascii_)
         << ",\"lines\":{\"begin\":" << place.line << "}}}";
    first_ = false;
  }
  void finish() { out_ << (first_ ? "[]\n" : "\n]\n"); }

 private:
  std::ostream& out_;
  bool ascii_, first_ = true;
  std::map<std::string, int> seen_;
};

}  // namespace

void render_gitlab(const Report& report, const RenderOptions& options, std::ostream& out) {
  Issues issues(out, options.terminal);
  for (const Gate& gate : report.gates)
    if (gate.broken)
      issues.add(printable(gate.name + ": limit " + gate.limit + ", actual " + gate.actual +
                           (gate.why.empty() ? "" : " (" + gate.why + ")")),
                 "seatlint-" + gate.name, sha256_hex("gate " + gate.name), "blocker", place_of_limits(report));
  for (const Finding* finding : worst_first(report))
    issues.add(sentence_of(*finding), finding->rule, fingerprint(*finding), severity_of(finding->severity),
               place_of(report, *finding));
  issues.finish();
}

}  // namespace seatlint
