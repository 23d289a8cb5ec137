// SPDX-License-Identifier: Apache-2.0
// Every way an export writes a date, and the day it becomes in the policy's zone.
#include "profile/dates.hpp"

#include <catch2/catch.hpp>

#include "profile/day_order.hpp"
#include "profile/pattern.hpp"
#include "profile/zone.hpp"

namespace dates_test {

using namespace seatlint;
using namespace seatlint::profile;

namespace {

std::string shown(std::string_view text, DayOrder order = DayOrder::unsettled, bool excel = false) {
  const auto stamp = parse_stamp(text, {order, excel});
  if (!stamp) return "none";
  std::string out = to_string(stamp->day);
  if (stamp->has_time) out += " " + std::to_string(stamp->second);
  if (stamp->offset) out += " " + std::to_string(*stamp->offset);
  return out;
}

Day in_zone(std::string_view text, const std::string& source, const std::string& target) {
  Zone from(source), to(target);
  return calendar_day(*parse_stamp(text, {DayOrder::mdy, false}), from, to);
}

}  // namespace

TEST_CASE("ISO stamps of every export parse") {
  CHECK(shown("2026-09-14") == "2026-09-14");
  CHECK(shown("2026-09-14T08:12:03.0000000Z ") == "2026-09-14 29523 0");
  CHECK(shown("2026-09-14T08:12:03") == "2026-09-14 29523");
  CHECK(shown("2021-03-18 08:49:35Z") == "2021-03-18 31775 0");
  CHECK(shown("2023-12-19T21:04:35.000+0000") == "2023-12-19 75875 0");
  CHECK(shown("2023-12-19T21:04:35+02:00") == "2023-12-19 75875 7200");
  CHECK(shown("2023-12-19T21:04:35-05") == "2023-12-19 75875 -18000");
  CHECK(shown("2023-12-19T21:04:35.123456789Z") == "2023-12-19 75875 0");
  CHECK(shown("2016/04/04 00:24:13") == "2016-04-04 1453");
  CHECK(shown("2012-08-28 21:43:36 UTC") == "2012-08-28 78216 0");
}

TEST_CASE("other layouts parse") {
  CHECK(shown("8/19/2021 3:02:10 PM", DayOrder::mdy) == "2021-08-19 54130");
  CHECK(shown("9/15/2026 12:05 AM", DayOrder::mdy) == "2026-09-15 300");
  CHECK(shown("03/14/2024 09:12 am", DayOrder::mdy) == "2024-03-14 33120");
  CHECK(shown("31/07/2026 06:58:40", DayOrder::dmy) == "2026-07-31 25120");
  CHECK(shown("31.07.2026 06:58") == "2026-07-31 25080");
  CHECK(shown("01.02.2026") == "2026-02-01");
  CHECK(shown("Sep 12, 2026") == "2026-09-12");
  CHECK(shown("12 September 2026 10:00") == "2026-09-12 36000");
  CHECK(shown("12-Sep-2026") == "2026-09-12");
  CHECK(shown("Sat, 12 Sep 2026 10:00:00 +0000") == "2026-09-12 36000 0");
  CHECK(shown("12-Sep-26") == "2026-09-12");
  CHECK(shown("Sep 12, 2026, 3:02:10 PM") == "2026-09-12 54130");
  CHECK(shown("12. März 2026 14:05") == "2026-03-12 50700");
  CHECK(shown("12 févr. 2026") == "2026-02-12");
  CHECK(shown("1 août 2026") == "2026-08-01");
  CHECK(shown("12 de septiembre de 2026") == "2026-09-12");
  CHECK(shown("9/13/26, 3:02 PM", DayOrder::mdy) == "2026-09-13 54120");
  CHECK(shown("13.09.26 14:05") == "2026-09-13 50700");
  CHECK(shown("20260912T101112Z") == "2026-09-12 36672 0");
  CHECK(shown("2026-09-12T24:00:00Z") == "2026-09-13 0 0");
  CHECK(shown("20231218054831.655") == "2023-12-18 20911");
  CHECK(shown("20231218") == "2023-12-18");
  CHECK(shown("1789459200") == "2026-09-15 28800 0");
  CHECK(shown("1789459200123") == "2026-09-15 28800 0");
  CHECK(shown("46280", DayOrder::unsettled, true) == "2026-09-15");
  CHECK(shown("46280.5", DayOrder::unsettled, true) == "2026-09-15 43200");
}

TEST_CASE("what is no date is none") {
  for (const char* text :
       {"", "Never", "2026-02-30", "13/13/2026", "2026-09-14T25:00:00Z", "46280", "9999999999", "12", "2026-09-14 junk",
        "1/1/26", "2026-9", "14:00", "2026-09-14T08:12:03 +99:00", "0000-00-00", "Foo 12, 2026"})
    CHECK(shown(text) == "none");
  CHECK(shown("9/8/2026") == "none");
  CHECK(shown("9/9/2026") == "2026-09-09");
  CHECK(shown("9/18/2026") == "2026-09-18");
  CHECK(shown("9/18/2026", DayOrder::dmy) == "none");
  CHECK(shown("9/18/2026", DayOrder::ymd) == "none");
}

TEST_CASE("a date without a time of day is that day in every zone; an instant is not") {
  CHECK(to_string(in_zone("2026-07-15", "UTC", "Pacific/Auckland")) == "2026-07-15");
  CHECK(to_string(in_zone("2026-07-15T02:12:18Z", "Europe/London", "America/New_York")) == "2026-07-14");
  CHECK(to_string(in_zone("2026-07-15T23:30:00", "UTC", "Europe/Berlin")) == "2026-07-16");
  CHECK(to_string(in_zone("2026-07-15T23:30:00", "Europe/Berlin", "Europe/Berlin")) == "2026-07-15");
  CHECK(to_string(in_zone("2026-07-15T00:30:00", "+02:00", "UTC")) == "2026-07-14");
}

TEST_CASE("clock changes: a gap is passed, an overlap takes the earlier instant, a sorted log stays right") {
  Zone berlin("Europe/Berlin");
  const Day gap = make_day(2026, 3, 29), overlap = make_day(2026, 10, 25);
  CHECK(berlin.instant_of(gap, 2 * 3600 + 1800) == gap.days * 86400LL + 3600 + 1800);
  CHECK(berlin.instant_of(overlap, 2 * 3600 + 1800) == overlap.days * 86400LL + 1800);
  Zone fresh("America/Sao_Paulo"), cached("America/Sao_Paulo");
  for (std::int64_t t = 1500000000; t < 1600000000; t += 86399 * 7) {
    Zone once("America/Sao_Paulo");
    REQUIRE(cached.day_of(t) == once.day_of(t));
  }
  for (int i = 0; i < 400; ++i) {
    Zone once("Europe/Berlin");
    const Day day = make_day(2026, 1, 1) + i;
    REQUIRE(berlin.instant_of(day, 9000) == once.instant_of(day, 9000));
  }
  CHECK_THROWS_WITH(Zone("Europe/Atlantis"), Catch::Contains("Europe/Atlantis"));
}

TEST_CASE("day and month are settled by a column or not at all") {
  OrderEvidence evidence("Date");
  evidence.see("05/01/2026 10:11:12", 2);
  CHECK(evidence.open());
  CHECK_FALSE(evidence.proven());
  CHECK_THROWS_WITH(evidence.refuse(), Catch::Contains("05/01/2026") && Catch::Contains("line 2"));
  evidence.see("31/07/2026 06:58:40", 6);
  CHECK(evidence.proven() == DayOrder::dmy);
  CHECK_THAT(evidence.sentence(DayOrder::dmy, false), Catch::Contains("31/07/2026") && Catch::Contains("line 6"));
  evidence.see("07/31/2026", 9);
  CHECK_THROWS_WITH(evidence.proven(), Catch::Contains("mixes"));
}

TEST_CASE("a year of two digits may as well be the first number") {
  OrderEvidence evidence("Date");
  evidence.see("26/09/12", 2);  // 2026-09-12 or 26 September 2012
  CHECK_FALSE(evidence.proven());
  CHECK_FALSE(evidence.open());
  evidence.see("9/13/26", 3);
  CHECK(evidence.proven() == DayOrder::mdy);
}

TEST_CASE("months in nine languages, cut to three letters or more") {
  CHECK(month_number("SEPT") == 9);
  CHECK(month_number("Dez") == 12);
  CHECK(month_number("października") == 10);
  CHECK(month_number("mrt") == 3);
  CHECK(month_number("juil") == 7);
  for (const char* text : {"", "ma", "jui", "foo", "Septober"}) CHECK(month_number(text) == 0);
}

TEST_CASE("dates in file names") {
  const auto first = [](std::string_view pattern, std::string_view name) {
    const auto dates = dates_in_name(pattern, name);
    return dates.empty()  ? std::string("none")
           : dates[0].day ? to_string(*dates[0].day)
                          : std::to_string(*dates[0].instant);
  };
  CHECK(first("users_{n}_{n}_{yyyy} *", "users_9_15_2026 9_17_18 AM.csv") == "2026-09-15");
  CHECK(first("users_{n}_{n}_{yyyy} *", "users_9_8_2026 9_17_18 AM.csv") == "none");
  CHECK(first("User_Download_{dd}{MM}{yyyy}_*", "User_Download_13042024_215248") == "2024-04-13");
  CHECK(first("Unused*_{yyyy}-{MMM}-{dd}-*", "UnusedM365LicensesByLastSignIn_2026-Sep-15-Tue 09-30-11 AM.csv") ==
        "2026-09-15");
  CHECK(first("report{epoch_ms}.csv", "report1789459200123.csv") == "1789459200");
  CHECK(first("LicenseUsageReport {dd}-{MM}-{yy} *", "LicenseUsageReport 15-09-26 09_30_11 AM.csv") == "2026-09-15");
  CHECK(first("exportUsers_{yyyy}-{M}-{d}*", "exportUsers_2026-9-30.csv") == "2026-09-30");
  CHECK(first("*{yyyy}-{MM}-{dd}*", "a12026-09-30.csv") == "none");
  CHECK(first("*{yyyy}-{MM}-{dd}*", "a2026-09-301.csv") == "none");
  const auto two = dates_in_name("*Ins_{yyyy}-{MM}-{dd}_{yyyy}-{MM}-{dd}*", "SignIns_2026-09-01_2026-09-15.csv");
  REQUIRE(two.size() == 2);
  CHECK(to_string(*two[1].day) == "2026-09-15");
  CHECK(capture("*({})", "Maren Oduya (m@x.example)") == std::optional<std::string_view>("m@x.example"));
  CHECK(capture("{} (*)", "Maren Oduya (m@x.example)") == std::optional<std::string_view>("Maren Oduya"));
  CHECK_FALSE(capture("*({})", "nobody"));
}

}  // namespace dates_test
