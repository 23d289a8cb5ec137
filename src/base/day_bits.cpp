// SPDX-License-Identifier: Apache-2.0
// A set of days as bits on a fixed grid of bytes: what the store keeps of a log.
#include <algorithm>
#include <bit>

#include "seatlint/facts.hpp"

namespace seatlint {
namespace {

std::uint8_t mask_of(std::size_t at) { return static_cast<std::uint8_t>(0x80u >> (at % 8)); }

}  // namespace

void DayBits::add(Day day) {
  const Day start{day.days / 8 * 8};
  if (bits.empty()) base = start;
  if (start < base) {
    bits.insert(bits.begin(), static_cast<std::size_t>((base - start) / 8), 0);
    base = start;
  }
  const auto at = static_cast<std::size_t>(day - base);
  if (at / 8 >= bits.size()) bits.resize(at / 8 + 1, 0);
  bits[at / 8] |= mask_of(at);
}

void DayBits::merge(DayView other) {
  if (other.empty()) return;
  if (bits.empty()) {
    base = other.base;
    bits.assign(other.bytes, other.bytes + other.size);
    return;
  }
  if (other.base < base) {
    bits.insert(bits.begin(), static_cast<std::size_t>((base - other.base) / 8), 0);
    base = other.base;
  }
  const auto shift = static_cast<std::size_t>((other.base - base) / 8);
  if (bits.size() < shift + other.size) bits.resize(shift + other.size, 0);
  for (std::size_t i = 0; i < other.size; ++i) bits[shift + i] |= other.bytes[i];
}

bool DayView::test(Day day) const {
  if (empty() || day < base) return false;
  const auto at = static_cast<std::size_t>(day - base);
  return at / 8 < size && (bytes[at / 8] & mask_of(at)) != 0;
}

Day DayView::first() const { return base + std::countl_zero(bytes[0]); }

Day DayView::last() const { return base + static_cast<int>((size - 1) * 8) + 7 - std::countr_zero(bytes[size - 1]); }

std::optional<Day> DayView::last_until(Day limit) const {
  if (empty() || limit < base) return std::nullopt;
  const auto top = std::min(static_cast<std::size_t>(limit - base), std::size_t{size} * 8 - 1);
  for (std::size_t i = top / 8 + 1; i-- > 0;) {
    auto byte = static_cast<unsigned>(bytes[i]);
    if (i == top / 8) byte &= 0xFFu << (7 - top % 8);
    if ((byte & 0xFFu) != 0) return base + static_cast<int>(i * 8) + 7 - std::countr_zero(byte);
  }
  return std::nullopt;
}

int DayView::count_in(DayRange range) const {
  int n = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (bytes[i] == 0) continue;
    const Day start = base + static_cast<int>(i * 8);
    if (range.first <= start && start + 7 <= range.last) {
      n += std::popcount(bytes[i]);
    } else {
      for (int d = 0; d < 8; ++d)
        n += range.contains(start + d) && (bytes[i] & mask_of(static_cast<std::size_t>(d))) != 0;
    }
  }
  return n;
}

void DayBits::truncate_after(Day limit) {
  if (bits.empty()) return;
  if (limit < base) return bits.clear();
  const auto at = static_cast<std::size_t>(limit - base);
  if (at / 8 < bits.size()) {
    bits.resize(at / 8 + 1);
    bits.back() = static_cast<std::uint8_t>(bits.back() & (0xFFu << (7 - at % 8)));
  }
  while (!bits.empty() && bits.back() == 0) bits.pop_back();
}

std::size_t DayView::count() const {
  std::size_t n = 0;
  for (std::size_t i = 0; i < size; ++i) n += static_cast<std::size_t>(std::popcount(bytes[i]));
  return n;
}

}  // namespace seatlint
