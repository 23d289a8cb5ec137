// SPDX-License-Identifier: Apache-2.0
// Most blocks of a log that is alive reach its last days, so few of them are opened.
#include "store/newest_day.hpp"

#include <algorithm>

#include "ingest/activity_block.hpp"

namespace seatlint {

std::optional<Day> newest_day_of_log(const Database& db, std::int64_t file, Day until, Day enough) {
  Statement row = db.prepare("SELECT facts FROM activity_block WHERE file_id = ?1");
  row.bind(1, file);
  std::optional<Day> newest;
  while (row.step() && (!newest || *newest < enough)) {
    FactReader facts(row.blob_view(0));
    for (PackedFact fact; facts.next(fact);) {
      if (until < fact.first || (newest && fact.last <= *newest)) continue;
      DayBits days;
      fact.add_to(days);
      newest = std::max(newest, days.last_until(until));
    }
  }
  return newest;
}

bool column_names_day(const Database& db, std::int64_t file, DayRange days) {
  Statement row = db.prepare(
      "SELECT 1 FROM user_row WHERE file_id = ?1 AND last_kind = ?2 AND last_day BETWEEN ?3 AND ?4 "
      "AND coalesce(id, login, email) IS NOT NULL");
  row.bind(1, file).bind(2, static_cast<std::int64_t>(LastActivity::Kind::on));
  row.bind(3, std::int64_t{days.first.days}).bind(4, std::int64_t{days.last.days});
  return row.step();
}

}  // namespace seatlint
