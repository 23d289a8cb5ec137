// SPDX-License-Identifier: Apache-2.0
// Most blocks of a log that is alive reach its last days, so few of them are opened.
#include "store/newest_day.hpp"

#include <algorithm>

#include "ingest/activity_block.hpp"
#include "store/log_rows.hpp"
#include "store/user_rows.hpp"

namespace seatlint {

std::optional<Day> newest_day_of_log(const Database& db, std::int64_t file, Day until, Day enough) {
  std::optional<Day> newest;
  each_log_row(db, file, [&](const BlockKey&, const LogRow& row) {
    FactReader facts(row.facts);
    for (PackedFact fact; facts.next(fact);) {
      if (until < fact.first || (newest && fact.last <= *newest)) continue;
      DayBits days;
      fact.add_to(days);
      newest = std::max(newest, days.last_until(until));
    }
    return !newest || *newest < enough;
  });
  return newest;
}

bool column_names_day(const Database& db, std::int64_t file, DayRange days) {
  bool found = false;
  each_user_row(db, file, user_part::days | user_part::identity, [&](const UserRow& row, std::uint64_t) {
    const Identity& who = row.identity;
    found = row.last_activity.kind == LastActivity::Kind::on && days.contains(row.last_activity.day) &&
            !(who.id.empty() && who.login.empty() && who.email.empty());
    return !found;
  });
  return found;
}

}  // namespace seatlint
