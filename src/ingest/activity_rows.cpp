// SPDX-License-Identifier: Apache-2.0
// See activity_rows.hpp. Sorting by digits within a partition stays in the second-level cache and needs no comparison.
#include "ingest/activity_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/fetch.hpp"

namespace seatlint {
namespace {

constexpr unsigned line_bits = 32;

unsigned bits_for(std::uint64_t most) { return static_cast<unsigned>(std::bit_width(most)); }

/// Stable, by `bits` bits above the line.
template <typename Number>
void sort_by_digits(std::vector<Number>& rows, std::vector<Number>& other, unsigned bits) {
  constexpr unsigned most = 11;
  const unsigned passes = (bits + most - 1) / most;
  other.resize(rows.size());
  for (unsigned pass = 0; pass < passes; ++pass) {
    const unsigned begin = bits * pass / passes, digit = bits * (pass + 1) / passes - begin;
    const auto digit_of = [&](Number row) {
      return static_cast<std::uint32_t>(row >> (line_bits + begin)) & ((1u << digit) - 1);
    };
    std::array<std::uint32_t, (1u << most) + 1> start{};
    for (const Number row : rows) ++start[digit_of(row) + 1];
    for (std::size_t i = 1; i <= (std::size_t{1} << digit); ++i) start[i] += start[i - 1];
    for (const Number row : rows) other[start[digit_of(row)]++] = row;
    rows.swap(other);
  }
}

}  // namespace

std::uint16_t ActionNumbers::handle(const ActionKey& key) {
  const auto known = handles_.find(key);
  if (known != handles_.end()) return known->second;
  if (handles_.size() >= most) return static_cast<std::uint16_t>(most);
  return handles_.emplace(key, static_cast<std::uint16_t>(handles_.size())).first->second;
}

void ActionNumbers::settle() {
  numbers_.resize(handles_.size(), ~std::uint32_t{0});
  for (const auto& [key, handle] : handles_) {
    if (numbers_[handle] != ~std::uint32_t{0}) continue;
    numbers_[handle] = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(key);
  }
}

PartitionPacker::PartitionPacker(const ActorTable& actors, const ActionNumbers& actions,
                                 const std::vector<DayRows>& rows, std::uint64_t base_line)
    : actors_(actors), actions_(actions), rows_(rows), base_line_(base_line) {
  std::uint16_t last_day = 0;
  for (const DayRows& part : rows) {
    first_day_ = std::min(first_day_, part.first_day());
    last_day = std::max(last_day, part.last_day());
  }
  day_bits_ = bits_for(last_day < first_day_ ? 0 : last_day - first_day_);
  action_bits_ = bits_for(actions.count());
}

PackedPartition PartitionPacker::pack(std::size_t partition) {
  PackedPartition packed(partition);
  const std::vector<std::uint32_t> order = actors_.sorted(partition);
  ranks_.resize(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks_[order[i]] = i;
  if (line_bits + day_bits_ + action_bits_ + bits_for(order.size()) <= 64) {
    pack(partition, order, numbers_, other_, packed);
  } else {
    std::vector<Wide> numbers, other;
    pack(partition, order, numbers, other, packed);
  }
  return packed;
}

template <typename Number>
void PartitionPacker::pack(std::size_t partition, const std::vector<std::uint32_t>& order, std::vector<Number>& numbers,
                           std::vector<Number>& other, PackedPartition& packed) {
  const unsigned day_at = line_bits, action_at = day_at + day_bits_, rank_at = action_at + action_bits_;
  numbers.clear();
  for (const DayRows& part : rows_)
    part.each(partition, [&](const DayRow& row) {
      numbers.push_back(Number{ranks_[row.actor]} << rank_at | Number{actions_.number(row.action)} << action_at |
                        Number{static_cast<std::uint16_t>(row.day - first_day_)} << day_at | row.line);
    });
  sort_by_digits(numbers, other, rank_at - line_bits + bits_for(order.size()));

  for (std::size_t i = 0; i < numbers.size();) {
    const Number rank = numbers[i] >> rank_at;
    writer_.clear();
    while (i < numbers.size() && numbers[i] >> rank_at == rank) {
      const Number fact = numbers[i] >> action_at;
      days_.clear();
      std::uint32_t first_line = ~0u, last_line = ~0u;
      for (; i < numbers.size() && numbers[i] >> action_at == fact; ++i) {
        const auto line = static_cast<std::uint32_t>(numbers[i]);
        const auto day = first_day_ + static_cast<std::int32_t>((numbers[i] - (fact << action_at)) >> day_at);
        if (days_.empty() || days_.back() != day) days_.push_back(day), last_line = line;
        last_line = std::min(last_line, line);
        if (days_.size() == 1) first_line = std::min(first_line, line);
      }
      writer_.add(static_cast<std::uint32_t>(fact - (rank << action_bits_)), days_, base_line_ + first_line,
                  base_line_ + last_line);
    }
    packed.add(order[static_cast<std::size_t>(rank)], writer_.block());
  }
}

void PackedPartition::each(const ActorTable& actors, std::int64_t part,
                           const std::function<void(const ActivityBlock&)>& visit) const {
  constexpr std::size_t ahead = 8;  // identities and texts lie in the order in which they were met
  const auto actor_at = [&](std::size_t i) -> const ActorTable::Actor& {
    return actors.actor(partition_, blocks_[std::min(i, blocks_.size() - 1)].actor);
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    fetch_line(&actor_at(i + 2 * ahead));
    fetch_line(actor_at(i + ahead).text);
    const ActorTable::Actor& actor = actor_at(i);
    visit({part, actor.hash, actor.id(), actor.login(), actor.email(),
           std::string_view(bytes_).substr(begin, blocks_[i].end - begin)});
    begin = blocks_[i].end;
  }
}

}  // namespace seatlint
