// SPDX-License-Identifier: Apache-2.0
// The order of findings as one comparison, so that the same findings give the same bytes however they were found.
#include "report/order.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "report/totals.hpp"

namespace seatlint {
namespace {

auto rank(const FindingKey& key) {
  const bool money = key.saving != nullptr;
  return std::make_tuple(key.waived, key.severity != Severity::critical, !money,
                         money ? key.saving->currency : Currency(), money ? -key.saving->minor : 0,
                         -static_cast<int>(key.severity), key.rule);
}

auto identity(const FindingKey& key) { return std::tie(key.org, key.account, key.user, key.product, key.why); }

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

}  // namespace

FindingKey key_of(const Finding& finding) {
  return {finding.waived != nullptr,
          finding.severity,
          saves(finding) ? &*finding.saving : nullptr,
          finding.rule,
          finding.org,
          finding.account,
          finding.user,
          finding.product,
          finding.why};
}

std::vector<std::size_t> order_of(const std::vector<FindingKey>& keys) {
  // Few ranks stand behind many findings, and those of one rank mostly come in their final order, by account.
  std::map<decltype(rank(keys.front())), std::vector<std::size_t>> ranks;
  for (std::size_t i = 0; i < keys.size(); ++i) ranks[rank(keys[i])].push_back(i);
  const auto before = [&](std::size_t a, std::size_t b) { return identity(keys[a]) < identity(keys[b]); };
  std::vector<std::size_t> order;
  order.reserve(keys.size());
  for (auto& [rank, places] : ranks) {
    if (!std::is_sorted(places.begin(), places.end(), before)) std::stable_sort(places.begin(), places.end(), before);
    order.insert(order.end(), places.begin(), places.end());
  }
  return order;
}

void sort_findings(std::vector<Finding>& findings) {
  std::vector<FindingKey> keys;
  keys.reserve(findings.size());
  for (const Finding& finding : findings) keys.push_back(key_of(finding));
  std::vector<std::size_t> order = order_of(keys);
  rearrange(findings, order);
}

}  // namespace seatlint
