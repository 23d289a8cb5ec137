// SPDX-License-Identifier: Apache-2.0
// Workflow commands of GitHub Actions: annotations, worst first, at most ten of a kind, because a step shows no more.
#include <fmt/core.h>

#include <array>
#include <ostream>

#include "report/amounts.hpp"
#include "report/log_lines.hpp"

namespace seatlint {
namespace {

constexpr std::array<const char*, 3> kinds{"error", "warning", "notice"};
constexpr int most_of_a_kind = 10;

std::size_t kind_of(Severity severity) {
  if (severity >= Severity::high) return 0;
  return severity == Severity::medium ? 1 : 2;
}

/// What ends a command or a property is written as GitHub reads it back.
std::string escaped(std::string_view text, bool property) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '%')
      result += "%25";
    else if (property && c == ':')
      result += "%3A";
    else if (property && c == ',')
      result += "%2C";
    else
      result += c;
  }
  return result;
}

class Annotations {
 public:
  explicit Annotations(std::ostream& out) : out_(out) {}
  /// False where the step would not show it any more.
  bool add(std::size_t kind, const Place& place, std::string_view title, const std::string& message) {
    if (++shown_.at(kind) > most_of_a_kind) return false;
    out_ << "::" << kinds.at(kind) << " file=" << escaped(place.file, true) << ",line=" << place.line
         << ",title=" << escaped(title, true) << "::" << escaped(message, false) << '\n';
    return true;
  }

 private:
  std::ostream& out_;
  std::array<int, 3> shown_{};
};

}  // namespace

void render_github(const Report& report, const RenderOptions&, std::ostream& out) {
  Annotations annotations(out);
  std::int64_t left_out = 0;
  for (const Gate& gate : report.gates)
    if (gate.broken)
      left_out += !annotations.add(
          0, place_of_limits(report), "seatlint " + gate.name,
          "limit " + gate.limit + ", actual " + gate.actual + (gate.why.empty() ? "" : " (" + gate.why + ")"));
  for (const Finding* finding : worst_first(report))
    left_out += !annotations.add(kind_of(finding->severity), place_of(report, *finding),
                                 fmt::format("seatlint {} ({})", finding->rule, finding->code), sentence_of(*finding));
  if (left_out > 0) out << counted(left_out, "annotation") << " left out, because a step shows ten of a kind\n";
}

}  // namespace seatlint
