// SPDX-License-Identifier: Apache-2.0
// How many seats of each product will be needed next quarter, if the quarters go on as they went.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/audited.hpp"

namespace seatlint {

struct Forecast {
  std::string org, product, name;
  std::vector<std::int64_t> needed;  ///< seats in need on each past quarter day, oldest first, the audit date last
  std::optional<std::int64_t> purchased;
  std::int64_t low = 0, expected = 0, high = 0;  ///< needed a quarter after the audit date
};

/// Rounds what is told of people down to multiples of `min_group`.
void hide_persons(Forecast& forecast, int min_group);
/// The days a quarter apart up to `as_of` on which the store knows who held what, oldest first; at most eight.
std::vector<Day> quarter_days(const Store& store, const Policy& policy, Day as_of);
/// For products with seats on at least three quarter days: the last count plus the median, the least and the greatest
/// step between two quarters, never below zero. Seats that are idle or over-provisioned are not needed.
std::vector<Forecast> forecast(const Store& store, const Policy& policy, const AuditScope& scope, Day as_of, Day today);

}  // namespace seatlint
