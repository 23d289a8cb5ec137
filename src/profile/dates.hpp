// SPDX-License-Identifier: Apache-2.0
// One locale-free reader for every way an export writes a date: what was written, before any zone is applied.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "seatlint/base.hpp"

namespace seatlint::profile {

/// How a numeric date without a leading year is read. `unsettled` reads only what has one meaning.
enum class DayOrder { unsettled, ymd, mdy, dmy };
std::string_view to_string(DayOrder order);

struct StampFormat {
  DayOrder order = DayOrder::unsettled;
  bool excel = false;  ///< bare numbers are days since 1899-12-30
};

/// A stamp as written. Without `has_time` it is that calendar day in every zone.
struct Stamp {
  Day day;
  std::int32_t second = 0;  ///< of the day
  bool has_time = false;
  std::optional<std::int32_t> offset;  ///< seconds east of UTC, where written
};

/// ISO (`T` or blank, 0 to 9 fractional digits, `Z`, `+0000`, `+00:00`, without signs), US 12-hour, slashed, dotted,
/// `Sep 12, 2026`, `12 Sep 2026`, `12. März 2026`, `20231218054831.655`, epoch seconds and milliseconds. A year of two
/// digits is read where day and month are known. nullopt when it is none of these, is no real
/// date, or has two meanings under `unsettled`.
std::optional<Stamp> parse_stamp(std::string_view text, StampFormat format);

/// A bare number: compact stamps, epochs between 2000 and 2100, Excel serials where a profile asks for them.
std::optional<Stamp> number_stamp(std::string_view text, StampFormat format);

/// The first two numbers of a date whose order of day and month has to be settled (`9/8/2026`); nullopt for others.
struct OpenDate {
  unsigned first, second;
  bool dotted;
  bool short_year;  ///< of two digits
};
std::optional<OpenDate> open_date(std::string_view text);

/// 1 to 12 for the name of a month in one of the languages known, or three or more of its first letters; 0 otherwise.
unsigned month_number(std::string_view name);

/// nullopt for a day the calendar does not have.
std::optional<Day> real_day(int year, unsigned month, unsigned day);

}  // namespace seatlint::profile
