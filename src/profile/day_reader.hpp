// SPDX-License-Identifier: Apache-2.0
// The calendar days of a column of time stamps. The layout nearly every log has is read by its fixed places, and each
// date's hours are looked up in the time zone database once; everything else goes the general way.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "profile/zone.hpp"

namespace seatlint::profile {

/// Not for several threads: each takes a copy.
class DayReader {
 public:
  /// `zone_stated`: somebody said in which zone stamps without an offset were written.
  DayReader(StampFormat format, Zone source, Zone target, bool zone_stated);

  /// A cell as it stands, without quotes. `unread` where it is no time, or none that can be told. (An optional would be
  /// put together in memory, byte by byte, and waited for.)
  Day read(std::string_view cell) {
    const Day day = read_iso(cell);
    return day != unread ? day : read_any(cell);
  }
  static constexpr Day unread{std::numeric_limits<std::int32_t>::min()};
  /// Some stamp had no offset, and nobody said where it was written.
  bool guessed_zone() const { return guessed_zone_; }

 private:
  /// The minutes of one written date, with one offset behind the time, and the calendar days they lie in.
  struct Hours {
    std::string_view offset() const { return {text.data() + 10, offset_size}; }
    /// Mostly none or `Z`, for which a call would take longer than the rest.
    bool has(std::string_view other) const {
      return other.size() == offset_size &&
             (other.empty() || (other.front() == text[10] && (other.size() == 1 || other == offset())));
    }
    std::array<char, 24> text{};  ///< the date, then the offset
    std::size_t offset_size = 0;
    bool known = false, has_offset = false;
    std::uint16_t first_change = 1440, second_change = 1440;  ///< minutes of the day
    std::array<Day, 3> days;
  };

  Day read_any(std::string_view cell);
  Day read_iso(std::string_view cell);
  bool learn(Hours& hours, std::string_view cell, std::string_view offset);

  StampFormat format_;
  Zone source_, target_;
  bool zone_stated_, guessed_zone_ = false;
  std::array<Hours, 64> hours_;
};

}  // namespace seatlint::profile
