// SPDX-License-Identifier: Apache-2.0
// What an account did, seen through one scope: the few numbers that rules ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ingest/activity_block.hpp"
#include "rules/fleet_index.hpp"

namespace seatlint {

struct Activity {
  std::optional<Day> human, machine;  ///< newest day up to the audit date
  int human_days = 0;                 ///< in the window
  bool beyond_sign_in = false;        ///< human use in the window other than sign-ins
  FeatureSet features;                ///< used in the window, by machine, too: the license must allow that as well
};

/// Reads what accounts did. Whoever asks for many keeps one: it needs no new memory for each.
class ActivityReader {
 public:
  /// `index` must outlive it.
  explicit ActivityReader(const FleetIndex& index);
  /// Throws Error where the store is damaged.
  Activity of(const Account& account, int scope);

 private:
  const FleetIndex& index_;
  DayRange window_;
  Day base_;                               ///< of `days_`
  std::vector<std::uint8_t> days_, grid_;  ///< human ones, as a DayView has them; and those of one fact

  void add(const PackedFact& fact, const Scope& scope, int action, Activity& out);
  bool note(const Scope& scope, int action, Day last, Activity& out) const;
  void mark(DayView days);
  int count();
};
/// Newest human activity of any vendor.
std::optional<Day> last_human(const Fleet& fleet, const Account& account);
/// Newest activity of any vendor, by machine, too.
std::optional<Day> last_seen(const Fleet& fleet, const Account& account);
/// The last-activity column's day, where it is one up to the audit date.
std::optional<Day> column_day(const Fleet& fleet, const Account& account);
/// The days up to the audit date that the account's own last-activity value proves.
std::optional<DayRange> column_span(const Fleet& fleet, const Account& account);
/// "conflict: ..." where column and log name days more than one apart; empty where they agree or cannot be compared.
std::string column_conflict(const Fleet& fleet, const Account& account, const ProvenDays& proven);

}  // namespace seatlint
