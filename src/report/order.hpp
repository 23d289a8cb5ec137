// SPDX-License-Identifier: Apache-2.0
// The one order findings stand in, in every format: what a reader should look at first stands first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

/// What the order goes by first, and then. Views live as long as what they are of.
struct FindingRank {
  bool waived = false;
  Severity severity = Severity::info;
  const Money* saving = nullptr;  ///< nullptr: none
  std::string_view rule;
};
struct FindingName {
  std::string_view org, account, user, product, why;
  auto operator<=>(const FindingName&) const = default;
};
FindingRank rank_of(const Finding& finding);
FindingName name_of(const Finding& finding);

/// Waived last; critical first; then by saving, dearest first (currencies one after the other, never compared);
/// then those without a saving, most severe first; ties by rule, org, account, user, product and reason. Both are asked
/// for those of 0 .. count by all processors; names several times: they are not kept. Returns these numbers in order.
std::vector<std::uint32_t> order_of(std::size_t count, const std::function<FindingRank(std::size_t)>& rank,
                                    const std::function<FindingName(std::size_t)>& name);
void sort_findings(std::vector<Finding>& findings);

}  // namespace seatlint
