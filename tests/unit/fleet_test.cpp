// SPDX-License-Identifier: Apache-2.0
// The audit date, the snapshots nearest to it and the days that are proven: from ledgers made by hand.
#include <catch2/catch.hpp>

#include "base/day_ranges.hpp"
#include "fleet/audit_date.hpp"
#include "ingest/ingest.hpp"

namespace fleet_test {

using namespace seatlint;

namespace {

Day day(const char* text) { return parse_day(text).value(); }

ImportedFile snapshot(const char* org, const char* date) {
  ImportedFile file;
  file.org = org;
  file.profile = "users";
  file.kind = RecordKind::users;
  file.snapshot_date = day(date);
  return file;
}

ImportedFile log(const char* org, const char* first, const char* last) {
  ImportedFile file;
  file.org = org;
  file.kind = RecordKind::activity;
  file.days = file.covers = DayRange{day(first), day(last)};
  return file;
}

}  // namespace

TEST_CASE("the audit date is the newest day with evidence for every org") {
  const Day today = day("2026-11-23");
  CHECK_FALSE(newest_evidence({}, today));
  CHECK(newest_evidence({snapshot("a", "2026-09-15")}, today) == day("2026-09-15"));
  CHECK(newest_evidence({snapshot("a", "2026-09-15"), log("a", "2026-06-01", "2026-09-14")}, today) ==
        day("2026-09-14"));
  CHECK(newest_evidence({log("a", "2026-06-01", "2026-09-14"), snapshot("b", "2026-08-01")}, today) ==
        day("2026-08-01"));
  CHECK(newest_evidence({log("a", "2026-06-01", "2027-01-31")}, today) == today);
}

TEST_CASE("the snapshot nearest to the audit date is taken, the earlier one of a tie, none beyond the slack") {
  const std::vector<ImportedFile> files{snapshot("a", "2026-09-20"), snapshot("a", "2026-09-30"),
                                        snapshot("a", "2026-10-10")};
  const auto chosen = [&](const char* as_of) {
    const auto series = snapshot_series(files, day(as_of), 7, {RecordKind::users});
    return series.front().chosen;
  };
  CHECK(chosen("2026-09-29") == 1);
  CHECK(chosen("2026-09-25") == 0);
  CHECK(chosen("2026-10-04") == 1);
  CHECK(chosen("2026-10-06") == 2);
  CHECK(chosen("2026-09-12") == -1);
}

TEST_CASE("files of one date are parts of one snapshot; undated ones stand apart") {
  std::vector<ImportedFile> files{snapshot("a", "2026-09-20"), snapshot("a", "2026-09-20"),
                                  snapshot("a", "2026-09-21")};
  files[2].snapshot_date.reset();
  std::vector<int> undated;
  const auto series = snapshot_series(files, day("2026-09-20"), 7, {RecordKind::users}, &undated);
  REQUIRE(series.size() == 1);
  CHECK(series[0].snapshots[0].second == std::vector<int>{0, 1});
  CHECK(undated == std::vector<int>{2});
}

TEST_CASE("ranges of days merge where they touch, and gaps show") {
  const auto ranges = united({{day("2026-07-10"), day("2026-07-20")},
                              {day("2026-07-01"), day("2026-07-09")},
                              {day("2026-08-01"), day("2026-08-05")}});
  REQUIRE(ranges.size() == 2);
  CHECK(ranges[0] == DayRange{day("2026-07-01"), day("2026-07-20")});
  const auto gaps = without({{day("2026-06-30"), day("2026-08-06")}}, ranges);
  REQUIRE(gaps.size() == 3);
  CHECK(gaps[1] == DayRange{day("2026-07-21"), day("2026-07-31")});
  CHECK(without({{day("2026-07-02"), day("2026-07-03")}}, ranges).empty());
  for (int first = -2; first < 12; ++first)
    for (int last = first - 2; last < 12; ++last) {
      const DayRange some{ranges.front().first + first, ranges.front().first + last};
      CHECK(has_all(ranges, some) == without(last < first ? DayRanges{} : DayRanges{some}, ranges).empty());
    }
}

TEST_CASE("a capped log proves its days except the edge where it was cut") {
  ImportedFile file = log("a", "2026-07-01", "2026-07-31");
  CHECK(proven_days(file) == DayRange{day("2026-07-01"), day("2026-07-31")});
  file.row_cap = true;
  file.cap_edge = day("2026-07-31");
  CHECK(proven_days(file) == DayRange{day("2026-07-01"), day("2026-07-30")});
  file.cap_edge = day("2026-07-01");
  CHECK(proven_days(file) == DayRange{day("2026-07-02"), day("2026-07-31")});
  file.covers = DayRange{day("2026-06-01"), day("2026-08-31")};
  CHECK(proven_days(file) == DayRange{day("2026-07-02"), day("2026-08-31")});
  file.days = file.covers = DayRange{day("2026-07-01"), day("2026-07-01")};
  CHECK_FALSE(proven_days(file));
}

}  // namespace fleet_test
