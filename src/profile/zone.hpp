// SPDX-License-Identifier: Apache-2.0
// Instants to calendar days. A zone keeps the offset interval it used last, so that a sorted log asks the time zone
// database a few times a year instead of once a row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "profile/dates.hpp"

namespace seatlint::profile {

class Zone {
 public:
  /// An IANA name, `UTC`, or a fixed offset such as `+02:00`. Throws Error naming what is no zone.
  explicit Zone(const std::string& name);

  const std::string& name() const { return name_; }
  /// The calendar day of an instant (seconds since 1970-01-01 UTC) here.
  Day day_of(std::int64_t instant);
  /// The instant of a local clock reading. In a gap the clock is taken as not yet moved forward, so the result lies
  /// after the gap; of two possible instants the earlier is taken.
  std::int64_t instant_of(Day day, std::int32_t second);

 private:
  void look_up(std::int64_t instant);

  std::string name_;
  const void* zone_ = nullptr;  ///< date::time_zone; null: fixed offset
  std::int64_t begin_ = 1, end_ = 0;
  std::int64_t offset_ = 0;
};

/// The day of a stamp in `target`. `source` is where a stamp without an offset was written.
Day calendar_day(const Stamp& stamp, Zone& source, Zone& target);

}  // namespace seatlint::profile
