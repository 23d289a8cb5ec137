// SPDX-License-Identifier: Apache-2.0
// See activity_block.hpp. The form that needs fewer bytes is taken for each set of days.
#include "ingest/activity_block.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/leb128.hpp"

namespace seatlint {
namespace {

constexpr std::int32_t epoch = 14610;  // 2010-01-01: days near today take two bytes
constexpr std::uint64_t high_bits = 0x8080808080808080u;

std::size_t size_of(std::uint64_t value) { return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7; }

std::size_t steps_size(std::span<const std::int32_t> days) {
  std::size_t size = 0;
  for (std::size_t i = 1; i < days.size(); ++i) size += size_of(static_cast<std::uint64_t>(days[i] - days[i - 1]));
  return size;
}

[[noreturn]] void damaged() { throw Error("the store is damaged: activity that can't be unpacked; restore a backup"); }

std::uint64_t take(std::string_view& in) {
  const auto number = take_number(in);
  if (!number) damaged();
  return *number;
}

/// The same for numbers that nearly always take one byte.
inline std::uint64_t take_small(std::string_view& in) {
  if (in.empty() || static_cast<unsigned char>(in.front()) >= 0x80) return take(in);
  const auto number = static_cast<unsigned char>(in.front());
  in.remove_prefix(1);
  return number;
}

Day day_at(std::int64_t days) {
  if (days < 0 || days > 3'000'000) damaged();
  return {static_cast<std::int32_t>(days)};
}

/// How many bytes so many numbers at the front take.
std::size_t size_of_numbers(std::string_view in, int count) {
  std::uint64_t word = 0;
  if (in.size() >= sizeof word) {
    std::memcpy(&word, in.data(), sizeof word);
    std::uint64_t ends = ~word & high_bits;
    for (int i = 1; i < count; ++i) ends &= ends - 1;
    if (std::endian::native == std::endian::little && ends != 0)
      return static_cast<std::size_t>(std::countr_zero(ends)) / 8 + 1;
  }
  const std::size_t before = in.size();
  for (int i = 0; i < count; ++i) take(in);
  return before - in.size();
}

/// The sum of steps of one byte each; nullopt: some take more. Their order does not matter, so that eight are added at
/// once. `readable` bytes may be looked at, from the first step on.
std::optional<std::int64_t> sum_of_small(std::string_view steps, std::size_t readable) {
  constexpr std::size_t eight = 8;
  constexpr std::uint64_t even_bytes = 0x00FF00FF00FF00FFu, each_pair = 0x0001000100010001u;
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < steps.size(); at += eight) {
    std::uint64_t word = 0;
    if (readable - at < eight || std::endian::native != std::endian::little) return std::nullopt;
    std::memcpy(&word, steps.data() + at, eight);
    if (steps.size() - at < eight) word &= ~std::uint64_t{0} >> (8 * (eight - (steps.size() - at)));
    if ((word & high_bits) != 0) return std::nullopt;
    const std::uint64_t pairs = (word & even_bytes) + (word >> 8u & even_bytes);
    sum += static_cast<std::int64_t>(pairs * each_pair >> 48u);
  }
  return sum;
}

Day last_of(const PackedFact& fact, std::size_t readable) {
  if (fact.more.empty()) return fact.first;
  if (fact.as_bits) {
    const auto byte = static_cast<unsigned char>(fact.more.back());
    if (byte == 0) damaged();
    return fact.first + static_cast<int>(fact.more.size() * 8) - std::countr_zero(byte);
  }
  std::int64_t day = fact.first.days;
  if (const auto sum = sum_of_small(fact.more, readable)) return day_at(day + *sum);
  for (std::string_view steps = fact.more; !steps.empty();) {
    const std::uint64_t step = take_small(steps);
    if (step > 0xFFFFFFu) damaged();
    day = day_at(day + static_cast<std::int64_t>(step)).days;
  }
  return day_at(day);
}

}  // namespace

std::uint64_t identity_hash(std::string_view id, std::string_view login, std::string_view email) {
  const std::size_t size = id.size() + login.size() + email.size() + 2;
  std::array<char, 256> few;
  std::string many;
  if (size > few.size()) many.resize(size);
  char* const key = size > few.size() ? many.data() : few.data();
  char* at = std::copy(id.begin(), id.end(), key);
  *at++ = '\x1f';
  at = std::copy(login.begin(), login.end(), at);
  *at++ = '\x1f';
  std::copy(email.begin(), email.end(), at);
  return hash64({key, size}) >> 1u;
}

void PackedFact::mark(std::uint8_t* grid) const {
  const auto start = static_cast<unsigned>(first.days % 8);
  const auto set = [&](std::size_t at) { grid[at / 8] |= static_cast<std::uint8_t>(0x80u >> (at % 8)); };
  set(start);
  if (!as_bits) {
    std::size_t at = start;
    for (std::string_view steps = more; !steps.empty();) set(at += take_small(steps));
    return;
  }
  std::uint8_t* to = grid + (start + 1) / 8;
  const unsigned shift = (start + 1) % 8;
  for (std::size_t i = 0; i < more.size(); ++i) {
    const auto byte = static_cast<unsigned char>(more[i]);
    to[i] |= static_cast<std::uint8_t>(byte >> shift);
    const auto carried = static_cast<std::uint8_t>(byte << (8 - shift));
    if (carried != 0) to[i + 1] |= carried;  // of the last byte only what lies before the end of the grid
  }
}

std::pair<std::uint64_t, std::uint64_t> PackedFact::proven_by() const {
  std::string_view in = lines;
  const std::uint64_t first_line = take(in);
  return {first_line, more.empty() ? first_line : first_line + static_cast<std::uint64_t>(unzigzag(take(in)))};
}

void PackedFact::add_to(DayBits& days) const {
  const Day base{first.days / 8 * 8};
  std::vector<std::uint8_t> grid(static_cast<std::size_t>((last - base) / 8 + 1), 0);
  mark(grid.data());
  days.merge({base, static_cast<std::uint32_t>(grid.size()), grid.data()});
}

/// What a fact begins with.
struct FactHead {
  std::uint64_t step, first, form;
};

/// Mostly a byte, two of a day near today, and a byte: looked at together, since branches on each cost more.
inline FactHead take_head(std::string_view& in) {
  std::uint32_t word = 0;
  if (in.size() >= sizeof word && std::endian::native == std::endian::little) {
    std::memcpy(&word, in.data(), sizeof word);
    if ((word & 0x80808080u) == 0x00008000u) {
      in.remove_prefix(sizeof word);
      return {word & 0x7Fu, (word >> 8u & 0x7Fu) | (word >> 9u & 0x3F80u), word >> 24u};
    }
  }
  const std::uint64_t step = take_small(in), first = take(in);
  return {step, first, take_small(in)};
}

bool FactReader::next(PackedFact& fact) {
  std::string_view in = rest_;
  if (in.empty()) return false;
  const auto [step, first, header] = take_head(in);
  action_ += static_cast<std::uint32_t>(step);
  fact.action = action_;
  fact.first = day_at(epoch + unzigzag(first));
  fact.as_bits = (header & 1u) != 0;
  if ((header >> 1u) > in.size()) damaged();
  fact.more = in.substr(0, static_cast<std::size_t>(header >> 1u));
  fact.last = last_of(fact, in.size());
  in.remove_prefix(fact.more.size());
  fact.lines = in.substr(0, size_of_numbers(in, fact.more.empty() ? 1 : 2));
  rest_ = in.substr(fact.lines.size());
  return true;
}

void FactWriter::add(std::uint32_t action, std::span<const std::int32_t> days, std::uint64_t first_line,
                     std::uint64_t last_line) {
  const std::size_t steps = steps_size(days);
  const std::size_t bits = (static_cast<std::size_t>(days.back() - days.front()) + 7) / 8;
  const bool as_bits = bits < steps;
  const std::size_t more = as_bits ? bits : steps;
  char* at = bytes_.room(5 * longest_number + more);
  at = put_number(at, action - action_);
  action_ = action;
  at = put_number(at, zigzag(std::int64_t{days.front()} - epoch));
  at = put_number(at, more << 1u | (as_bits ? 1u : 0u));
  if (as_bits) {
    std::fill_n(at, bits, '\0');
    for (const std::int32_t day : days.subspan(1)) {
      const auto i = static_cast<std::size_t>(day - days.front() - 1);
      at[i / 8] = static_cast<char>(static_cast<unsigned char>(at[i / 8]) | (0x80u >> (i % 8)));
    }
    at += bits;
  } else {
    for (std::size_t i = 1; i < days.size(); ++i)
      at = put_number(at, static_cast<std::uint64_t>(days[i] - days[i - 1]));
  }
  at = put_number(at, first_line);
  if (days.size() > 1) at = put_number(at, zigzag(static_cast<std::int64_t>(last_line - first_line)));
  bytes_.end_at(at);
}

}  // namespace seatlint
