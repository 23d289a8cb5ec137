// SPDX-License-Identifier: Apache-2.0
// The counterfactual: which single fact would have changed a verdict.
#pragma once

#include <functional>
#include <string>

#include "seatlint/rules.hpp"

namespace seatlint {

/// What the tier rules would say had these features been used as well.
using AskAgain = std::function<TierView(const FeatureSet& more)>;

std::string nearest_change(const SeatCase& seat, const Judgment& judgment, const AskAgain& ask);

}  // namespace seatlint
