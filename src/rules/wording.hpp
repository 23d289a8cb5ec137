// SPDX-License-Identifier: Apache-2.0
// Turns of phrase that several rules share, so that the same fact reads the same everywhere.
#pragma once

#include <string>

#include "seatlint/rules.hpp"

namespace seatlint {

/// "last human activity 2026-05-02, 151 days before 2026-09-30", or that there is none.
std::string last_use_text(const SeatCase& seat);
/// "1 day", "12 days".
std::string days_text(int days);
/// "90 (default)".
std::string setting_text(const Setting& setting);
/// "dynamics365.team-members (8.00 USD)", or the set's products and its cost.
std::string set_text(const Fleet& fleet, const std::vector<int>& products, const std::optional<Money>& cost);
/// Ids of the features in the set, at most four and then how many more.
std::string features_text(const Fleet& fleet, const FeatureSet& features);

}  // namespace seatlint
