// SPDX-License-Identifier: Apache-2.0
// What a contract lets go of, and when: term end, notice, floor, blocks, minimum, and prices that hold only as long
// as nothing is given back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "seatlint/report.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// When seats of a line can be given back as seen from `today`, and the last day to say so; unset: never known.
struct Release {
  Day on;
  std::optional<Day> notice_by;
};
std::optional<Release> release_of(const EntitlementLine& line, Day today);

struct LetGo {
  std::vector<std::pair<std::string, Reducible>> parts;  ///< currency and part, cheapest line first
  std::vector<std::string> notes;                        ///< why not all of it
};
/// `spare`: seats of this product that nobody needs.
LetGo let_go(const Fleet& fleet, int org, int product, std::int64_t spare);

}  // namespace seatlint
