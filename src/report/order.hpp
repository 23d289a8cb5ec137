// SPDX-License-Identifier: Apache-2.0
// The one order findings stand in, in every format: what a reader should look at first stands first.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

/// What the order goes by. Views live as long as what it is the key of.
struct FindingKey {
  bool waived = false;
  Severity severity = Severity::info;
  const Money* saving = nullptr;  ///< nullptr: none
  std::string_view rule, org, account, user, product, why;
};
FindingKey key_of(const Finding& finding);

/// Waived last; critical first; then by saving, dearest first (currencies one after the other, never compared);
/// then those without a saving, most severe first; ties by rule, org, account, user, product and reason. Returns
/// indexes into `keys`.
std::vector<std::size_t> order_of(const std::vector<FindingKey>& keys);
void sort_findings(std::vector<Finding>& findings);

}  // namespace seatlint
