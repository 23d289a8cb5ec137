// SPDX-License-Identifier: Apache-2.0
// What an account did, seen through one scope: the few numbers that rules ask for.
#pragma once

#include <optional>
#include <span>

#include "rules/fleet_index.hpp"

namespace seatlint {

struct Activity {
  std::optional<Day> human, machine;  ///< newest day up to the audit date
  int human_days = 0;                 ///< in the window
  bool beyond_sign_in = false;        ///< human use in the window other than sign-ins
  FeatureSet features;                ///< used in the window, by machine, too: the license must allow that as well
};

/// `uses`: the account's.
Activity activity_of(const FleetIndex& index, const Account& account, std::span<const Use> uses, int scope);
/// Newest human activity of any vendor.
std::optional<Day> last_human(const Fleet& fleet, const Account& account);
/// Newest activity of any vendor, by machine, too.
std::optional<Day> last_seen(const Fleet& fleet, const Account& account);
/// The last-activity column's day, where it is one up to the audit date.
std::optional<Day> column_day(const Fleet& fleet, const Account& account);
/// The days up to the audit date that the account's own last-activity value proves.
std::optional<DayRange> column_span(const Fleet& fleet, const Account& account);
/// "conflict: ..." where column and log name days more than one apart; empty where they agree or cannot be compared.
std::string column_conflict(const FleetIndex& index, const Account& account, std::span<const Use> uses,
                            const ProvenDays& proven);

}  // namespace seatlint
