// SPDX-License-Identifier: Apache-2.0
// The only translation unit that sees the time zone database.
#include "profile/zone.hpp"

#include <date/tz.h>
#include <fmt/core.h>

#include <optional>

namespace seatlint::profile {
namespace {

constexpr std::int64_t kDay = 86400;

std::int64_t floor_day(std::int64_t seconds) { return (seconds >= 0 ? seconds : seconds - (kDay - 1)) / kDay; }

std::optional<std::int64_t> fixed_offset(std::string_view name) {
  if (name == "UTC" || name == "Etc/UTC" || name == "GMT" || name == "Z") return 0;
  if (name.size() < 3 || (name[0] != '+' && name[0] != '-')) return std::nullopt;
  std::string digits;
  for (const char c : name.substr(1)) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != ':')
      return std::nullopt;
  }
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4) return std::nullopt;
  const std::int64_t hours = (digits[0] - '0') * 10 + (digits[1] - '0');
  const std::int64_t minutes = (digits[2] - '0') * 10 + (digits[3] - '0');
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (name[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

const date::time_zone* as_zone(const void* zone) { return static_cast<const date::time_zone*>(zone); }

}  // namespace

Zone::Zone(const std::string& name) : name_(name) {
  if (const auto fixed = fixed_offset(name)) {
    offset_ = *fixed;
    return;
  }
  try {
    zone_ = date::locate_zone(name);
  } catch (const std::exception&) {
    throw Error(
        fmt::format("time zone \"{}\" is not known; use a name such as \"Europe/Berlin\", \"UTC\" or an offset "
                    "such as \"+02:00\" (the package tzdata holds the names)",
                    name));
  }
}

void Zone::look_up(std::int64_t instant) {
  const auto info = as_zone(zone_)->get_info(date::sys_seconds(std::chrono::seconds(instant)));
  begin_ = info.begin.time_since_epoch().count();
  end_ = info.end.time_since_epoch().count();
  offset_ = info.offset.count();
}

Day Zone::day_of(std::int64_t instant) {
  if (zone_ != nullptr && (instant < begin_ || instant >= end_)) look_up(instant);
  return {static_cast<std::int32_t>(floor_day(instant + offset_))};
}

std::int64_t Zone::instant_of(Day day, std::int32_t second) {
  const std::int64_t local = day.days * kDay + second;
  if (zone_ == nullptr) return local - offset_;
  // A day away from both ends of the interval there is neither gap nor overlap.
  const std::int64_t guess = local - offset_;
  if (guess >= begin_ && guess - begin_ > kDay && guess < end_ && end_ - guess > kDay) return guess;
  const auto info = as_zone(zone_)->get_info(date::local_seconds(std::chrono::seconds(local)));
  const std::int64_t instant = local - info.first.offset.count();
  look_up(instant);
  return instant;
}

Day calendar_day(const Stamp& stamp, Zone& source, Zone& target) {
  if (!stamp.has_time) return stamp.day;
  if (!stamp.offset && source.name() == target.name()) return stamp.day;
  const std::int64_t instant =
      stamp.offset ? stamp.day.days * kDay + stamp.second - *stamp.offset : source.instant_of(stamp.day, stamp.second);
  return target.day_of(instant);
}

}  // namespace seatlint::profile
