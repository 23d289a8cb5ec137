// SPDX-License-Identifier: Apache-2.0
// Any text as a date, in every order, and as the day it is in a zone with summer time. The first byte picks both.
#include "profile/dates.hpp"

#include "profile/zone.hpp"
#include "target.hpp"

using namespace seatlint;
using namespace seatlint::profile;

namespace {

void check(const Stamp& stamp) {
  fuzz::must(parse_day(to_string(stamp.day)) == stamp.day, "a day is shown as it is read");
  fuzz::must(stamp.second >= 0 && stamp.second < 86'400, "a second lies within the day");
  fuzz::must(stamp.has_time || stamp.second == 0, "a bare date is no instant");
  fuzz::must(!stamp.offset || (*stamp.offset > -86'400 && *stamp.offset < 86'400), "an offset is less than a day");
  static Zone source("America/New_York"), target("Europe/Berlin");
  const Day day = calendar_day(stamp, source, target);
  fuzz::must(day - stamp.day >= -2 && day - stamp.day <= 2, "zones move a stamp by hours");
  fuzz::must(stamp.has_time || day == stamp.day, "a bare date is that day in every zone");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  const StampFormat format{static_cast<DayOrder>(data[0] & 3u), (data[0] & 4u) != 0};
  const auto stamp = parse_stamp(text, format);
  if (stamp) check(*stamp);
  const auto open = open_date(text);
  fuzz::must(!open || open->first <= 9999, "an open date has numbers of a date");
  static_cast<void>(month_number(text));
  return 0;
}
