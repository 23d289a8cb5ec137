// SPDX-License-Identifier: Apache-2.0
// What the formats for build servers have in common.
#include "report/log_lines.hpp"

#include <algorithm>

namespace seatlint {

Place place_of_limits(const Report& report) {
  if (!report.policy_path.empty()) return {report.policy_path.substr(report.policy_path.rfind('/') + 1), 1};
  if (!report.inputs.empty()) return {report.inputs.front().file, 1};
  return {"seatlint.toml", 1};
}

Place place_of(const Report& report, const Finding& finding) {
  if (finding.evidence.empty() || finding.evidence.front().file.empty()) return place_of_limits(report);
  const EvidenceLine& record = finding.evidence.front();
  return {record.file, std::max<std::uint64_t>(record.line, 1)};
}

std::string sentence_of(const Finding& finding) {
  std::string subject = finding.user.empty() ? finding.account : finding.user;
  const std::string& product = finding.product_name.empty() ? finding.product : finding.product_name;
  if (!product.empty()) subject += (subject.empty() ? "" : ", ") + product;
  std::string text = subject.empty() ? finding.why : subject + ": " + finding.why;
  if (finding.saving && finding.saving->minor > 0) text += "; saves " + to_string(*finding.saving) + " a month";
  return printable(text);
}

std::vector<const Finding*> counting(const Report& report) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.findings)
    if (!finding.waived && finding.is_new.value_or(true)) findings.push_back(&finding);
  return findings;
}

std::vector<const Finding*> worst_first(const Report& report) {
  auto findings = counting(report);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  return findings;
}

std::string fingerprint(const Finding& finding) {
  std::string text;
  for (const std::string_view part : {finding.rule, std::string_view(finding.org), std::string_view(finding.account),
                                      std::string_view(finding.product)})
    text.append(part).append(1, '\x1f');
  // Findings about no account and no product are told apart by what they say.
  if (finding.account.empty() && finding.product.empty()) text += finding.why;
  return sha256_hex(text);
}

std::string markup_text(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace seatlint
