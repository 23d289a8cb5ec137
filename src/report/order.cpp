// SPDX-License-Identifier: Apache-2.0
// The order of findings as one comparison, so that the same findings give the same bytes however they were found.
#include "report/order.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "report/totals.hpp"

namespace seatlint {
namespace {

auto rank(const Finding& finding) {
  const bool money = saves(finding);
  return std::make_tuple(finding.waived != nullptr, finding.severity != Severity::critical, !money,
                         money ? finding.saving->currency : Currency(), money ? -finding.saving->minor : 0,
                         -static_cast<int>(finding.severity));
}

/// Moves what stands at order[i] to i. In place: findings are large.
void rearrange(std::vector<Finding>& findings, std::vector<std::size_t>& order) {
  for (std::size_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    Finding first = std::move(findings[start]);
    std::size_t at = start;
    for (std::size_t from = order[at]; from != start; at = from, from = order[at]) {
      findings[at] = std::move(findings[from]);
      order[at] = at;
    }
    findings[at] = std::move(first);
    order[at] = at;
  }
}

auto identity(const Finding& finding) {
  return std::tie(finding.rule, finding.org, finding.account, finding.user, finding.product, finding.why);
}

}  // namespace

bool comes_before(const Finding& left, const Finding& right) {
  const auto a = rank(left), b = rank(right);
  return a != b ? a < b : identity(left) < identity(right);
}

void sort_findings(std::vector<Finding>& findings) {
  // Few ranks stand behind many findings, and those of one rank and rule mostly come in their final order, by account.
  using Rank = decltype(std::tuple_cat(rank(findings.front()), std::tuple(std::string_view())));
  std::map<Rank, std::vector<std::size_t>> ranks;
  for (std::size_t i = 0; i < findings.size(); ++i)
    ranks[std::tuple_cat(rank(findings[i]), std::tuple(std::string_view(findings[i].rule)))].push_back(i);
  const auto before = [&](std::size_t a, std::size_t b) { return identity(findings[a]) < identity(findings[b]); };
  for (auto& [key, places] : ranks)
    if (!std::is_sorted(places.begin(), places.end(), before)) std::stable_sort(places.begin(), places.end(), before);
  std::vector<std::size_t> order;
  order.reserve(findings.size());
  for (const auto& [key, places] : ranks) order.insert(order.end(), places.begin(), places.end());
  ranks.clear();
  rearrange(findings, order);
}

}  // namespace seatlint
