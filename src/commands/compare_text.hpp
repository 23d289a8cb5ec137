// SPDX-License-Identifier: Apache-2.0
// A comparison as a table and as JSON.
#pragma once

#include "commands/comparison.hpp"
#include "commands/forecast.hpp"

namespace seatlint {

void print_comparison(const Comparison& comparison, const std::vector<Forecast>& forecasts, Io& io);
/// Schema seatlint.compare/1, an array element a line. `ascii` for terminals.
std::string comparison_json(const Comparison& comparison, const std::vector<Forecast>& forecasts, bool ascii);

}  // namespace seatlint
