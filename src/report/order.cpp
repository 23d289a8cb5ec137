// SPDX-License-Identifier: Apache-2.0
// The order of findings as one comparison, so that the same findings give the same bytes however they were found.
#include "report/order.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/in_parallel.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

auto sorted_by(const FindingRank& rank) {
  const bool money = rank.saving != nullptr;
  return std::make_tuple(rank.waived, rank.severity != Severity::critical, !money,
                         money ? rank.saving->currency : Currency(), money ? -rank.saving->minor : 0,
                         -static_cast<int>(rank.severity), rank.rule);
}

/// Moves what stands at order[i] to i. In place: findings are large.
void rearrange(std::vector<Finding>& findings, std::vector<std::uint32_t>& order) {
  for (std::size_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    Finding first = std::move(findings[start]);
    std::size_t at = start;
    for (std::size_t from = order[at]; from != start; at = from, from = order[at]) {
      findings[at] = std::move(findings[from]);
      order[at] = static_cast<std::uint32_t>(at);
    }
    findings[at] = std::move(first);
    order[at] = static_cast<std::uint32_t>(at);
  }
}

}  // namespace

FindingRank rank_of(const Finding& finding) {
  return {finding.waived != nullptr, finding.severity, saves(finding) ? &*finding.saving : nullptr, finding.rule};
}

FindingName name_of(const Finding& finding) {
  return {finding.org, finding.account, finding.user, finding.product, finding.why};
}

std::vector<std::uint32_t> order_of(std::size_t count, const std::function<FindingRank(std::size_t)>& rank,
                                    const std::function<FindingName(std::size_t)>& name) {
  constexpr std::size_t fewest = 2000;  // for which a thread is worth its while
  // Few ranks stand behind many findings, and those of one rank mostly come in their final order, by account.
  using Ranks = std::map<decltype(sorted_by({})), std::vector<std::uint32_t>>;
  std::vector<Ranks> parts(part_count(count, fewest));
  in_parallel(count, fewest, [&](std::size_t first, std::size_t last, std::size_t part) {
    for (std::size_t i = first; i < last; ++i) parts[part][sorted_by(rank(i))].push_back(static_cast<std::uint32_t>(i));
  });
  Ranks ranks = std::move(parts.front());
  for (std::size_t part = 1; part < parts.size(); ++part)
    for (const auto& [by, places] : parts[part]) {
      std::vector<std::uint32_t>& all = ranks[by];
      all.insert(all.end(), places.begin(), places.end());
    }
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return name(a) < name(b); };
  std::vector<std::uint32_t> order;
  order.reserve(count);
  for (auto& [by, places] : ranks) {
    const auto comes_next = [&](std::size_t i) { return !before(places[i + 1], places[i]); };
    if (!all_in_parallel(places.size() - 1, fewest, comes_next)) std::stable_sort(places.begin(), places.end(), before);
    order.insert(order.end(), places.begin(), places.end());
  }
  return order;
}

void sort_findings(std::vector<Finding>& findings) {
  std::vector<std::uint32_t> order = order_of(
      findings.size(), [&](std::size_t i) { return rank_of(findings[i]); },
      [&](std::size_t i) { return name_of(findings[i]); });
  rearrange(findings, order);
}

}  // namespace seatlint
