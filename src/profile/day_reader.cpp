// SPDX-License-Identifier: Apache-2.0
// See day_reader.hpp.
#include "profile/day_reader.hpp"

#include <bit>
#include <cstring>

#include "profile/values.hpp"

namespace seatlint::profile {
namespace {

constexpr unsigned minutes_a_day = 1440;
constexpr Day whole_minutes_from{1096};  // 1973: since then every offset of every zone is a number of whole minutes

unsigned digit(char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0'; }

/// The minute of the day that `10:11:12` says; 1440 where this is no time of day. All eight bytes at once.
unsigned minute_of(const char* text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  bytes ^= 0x30303A30303A3030u;  // now a colon is 0, a digit what it says
  constexpr std::uint64_t high = 0x8080808080808080u;
  const std::uint64_t above = (bytes & ~high) + 0x76767F76767F7676u;
  const std::uint64_t pairs = bytes * 10 + (bytes >> 8u);
  const auto hour = static_cast<unsigned>(pairs & 0xFFu), minute = static_cast<unsigned>(pairs >> 24u & 0xFFu);
  const auto second = static_cast<unsigned>(pairs >> 48u & 0xFFu);
  const bool right = ((above | bytes) & high) == 0 && hour < 24 && minute < 60 && second < 60;
  return right ? hour * 60 + minute : minutes_a_day;
}

}  // namespace

DayReader::DayReader(StampFormat format, Zone source, Zone target, bool zone_stated)
    : format_(format), source_(std::move(source)), target_(std::move(target)), zone_stated_(zone_stated) {}

Day DayReader::read_any(std::string_view cell) {
  const auto stamp = parse_stamp(clean_cell(cell), format_);
  if (!stamp) return unread;
  if (stamp->has_time && !stamp->offset && !zone_stated_) guessed_zone_ = true;
  return calendar_day(*stamp, source_, target_);
}

/// `2026-09-14T10:11:12.123Z`: date, T or blank, time, fraction or none, and what has been learned as an offset.
Day DayReader::read_iso(std::string_view cell) {
  if (cell.size() < 19 || (cell[10] != 'T' && cell[10] != ' ')) return unread;
  const unsigned at = minute_of(cell.data() + 11);
  if (at >= minutes_a_day) return unread;
  std::size_t behind = 19;
  if (behind < cell.size() && cell[behind] == '.') {
    const std::size_t from = ++behind;
    while (behind < cell.size() && digit(cell[behind]) < 10) ++behind;
    if (behind == from || behind > from + 9) return unread;
  }
  const std::string_view offset(cell.data() + behind, cell.size() - behind);
  Hours& hours = hours_[(digit(cell[9]) + 10 * digit(cell[8]) + 31 * digit(cell[6])) % hours_.size()];
  if (!hours.known || std::memcmp(hours.text.data(), cell.data(), 10) != 0 || !hours.has(offset))
    if (!learn(hours, cell, offset)) return unread;
  if (!hours.has_offset && !zone_stated_) guessed_zone_ = true;
  return hours.days[at < hours.first_change ? 0 : at < hours.second_change ? 1 : 2];
}

/// Works out in which calendar day each minute lies; false where there are more than three runs of them.
bool DayReader::learn(Hours& hours, std::string_view cell, std::string_view offset) {
  hours.known = false;
  if (offset.size() > hours.text.size() - 10) return false;
  const auto stamp = parse_stamp(cell, format_);
  if (!stamp || !stamp->has_time || stamp->day < whole_minutes_from) return false;
  Stamp minute = *stamp;
  std::size_t run = 0;
  for (unsigned at = 0; at < minutes_a_day; ++at) {
    minute.second = static_cast<std::int32_t>(at * 60);
    const Day day = calendar_day(minute, source_, target_);
    if (at == 0) hours.days.fill(day);
    if (day == hours.days[run]) continue;
    if (++run > 2) return false;
    hours.days[run] = day;
    (run == 1 ? hours.first_change : hours.second_change) = static_cast<std::uint16_t>(at);
    if (run == 1) hours.second_change = minutes_a_day;
  }
  if (run == 0) hours.first_change = hours.second_change = minutes_a_day;
  std::memcpy(hours.text.data(), cell.data(), 10);
  std::memcpy(hours.text.data() + 10, offset.data(), offset.size());
  hours.offset_size = offset.size();
  hours.has_offset = stamp->offset.has_value();
  hours.known = true;
  return true;
}

}  // namespace seatlint::profile
