// SPDX-License-Identifier: Apache-2.0
// `seatlint audit --backtest`: would the seats this policy calls idle have come back?
#pragma once

#include <string>
#include <vector>

#include "commands/audited.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

/// Prints it in the formats `outputs` asks for: table or json, with `=FILE` where wanted. Where names are hidden,
/// counts are rounded down to whole groups.
int run_backtest(const Store& store, const Policy& policy, const AuditScope& scope, Day day,
                 const std::vector<std::string>& outputs, Names names, Io& io);

}  // namespace seatlint
