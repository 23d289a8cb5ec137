// SPDX-License-Identifier: Apache-2.0
// The one order findings stand in, in every format: what a reader should look at first stands first.
#pragma once

#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

/// Waived last; critical first; then by saving, dearest first (currencies one after the other, never compared);
/// then those without a saving, most severe first; ties by rule, org, account, user, product and reason.
bool comes_before(const Finding& left, const Finding& right);
void sort_findings(std::vector<Finding>& findings);

}  // namespace seatlint
