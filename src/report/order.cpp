// SPDX-License-Identifier: Apache-2.0
// The order of findings as one comparison, so that the same findings give the same bytes however they were found.
#include "report/order.hpp"

#include <algorithm>
#include <tuple>

#include "report/totals.hpp"

namespace seatlint {
namespace {

auto rank(const Finding& finding) {
  const bool money = saves(finding);
  return std::make_tuple(finding.waived.has_value(), finding.severity != Severity::critical, !money,
                         std::string_view(money ? finding.saving->currency : std::string_view()),
                         money ? -finding.saving->minor : 0, -static_cast<int>(finding.severity));
}

auto identity(const Finding& finding) {
  return std::tie(finding.rule, finding.org, finding.account, finding.user, finding.product, finding.why);
}

}  // namespace

bool comes_before(const Finding& left, const Finding& right) {
  const auto a = rank(left), b = rank(right);
  return a != b ? a < b : identity(left) < identity(right);
}

void sort_findings(std::vector<Finding>& findings) { std::stable_sort(findings.begin(), findings.end(), comes_before); }

}  // namespace seatlint
