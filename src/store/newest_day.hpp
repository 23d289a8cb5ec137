// SPDX-License-Identifier: Apache-2.0
// Is anybody at work? The first answer will do, so that this is asked without reading everything.
#pragma once

#include <cstdint>
#include <optional>

#include "store/database.hpp"

namespace seatlint {

/// The newest day up to `until` on which a log shows anybody; any from `enough` on is as good as a later one.
std::optional<Day> newest_day_of_log(const Database& db, std::int64_t file, Day until, Day enough);
/// Whether the last-activity column of some record of users names one of these days.
bool column_names_day(const Database& db, std::int64_t file, DayRange days);

}  // namespace seatlint
