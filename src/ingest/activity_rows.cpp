// SPDX-License-Identifier: Apache-2.0
// See activity_rows.hpp. Sorting by digits within a partition stays in the second-level cache and needs no comparison.
#include "ingest/activity_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace seatlint {
namespace {

struct Keyed {
  std::uint64_t key = 0;
  std::uint32_t line = 0;
};

/// Stable, by the low `bits` of the key.
void sort_by_digits(std::vector<Keyed>& rows, unsigned bits) {
  constexpr unsigned digit = 10;
  std::vector<Keyed> other(rows.size());
  for (unsigned shift = 0; shift < bits; shift += digit) {
    std::array<std::uint32_t, (1u << digit) + 1> start{};
    for (const Keyed& row : rows) ++start[((row.key >> shift) & ((1u << digit) - 1)) + 1];
    for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    for (const Keyed& row : rows) other[start[(row.key >> shift) & ((1u << digit) - 1)]++] = row;
    rows.swap(other);
  }
}

/// A key that sorts by identity, action and day, as dense as these are.
struct KeyScale {
  std::uint64_t actions = 1, days = 1;
  std::int32_t first_day = 0;
  std::uint64_t key(std::uint64_t rank, std::uint64_t action, std::int32_t day) const {
    return (rank * actions + action) * days + static_cast<std::uint64_t>(day - first_day);
  }
  std::int32_t day(std::uint64_t key) const { return first_day + static_cast<std::int32_t>(key % days); }
  std::uint64_t action(std::uint64_t key) const { return key / days % actions; }
  std::uint64_t rank(std::uint64_t key) const { return key / days / actions; }
};

KeyScale scale_of(const std::vector<DayRow>& rows, std::size_t actions) {
  std::uint16_t first = 0xFFFF, last = 0;
  for (const DayRow& row : rows) first = std::min(first, row.day), last = std::max(last, row.day);
  return {actions, std::uint64_t{last} - first + 1u, first};
}

}  // namespace

void DayRows::start_chunk(Part& part) {
  part.chunks.push_back(std::make_unique_for_overwrite<DayRow[]>(chunk_rows));
  part.used = 0;
}

void DayRows::move_to(std::size_t partition, std::vector<DayRow>& out) {
  Part& part = parts_[partition];
  for (std::size_t i = 0; i < part.chunks.size(); ++i) {
    const DayRow* rows = part.chunks[i].get();
    out.insert(out.end(), rows, rows + (i + 1 == part.chunks.size() ? part.used : chunk_rows));
  }
  part.chunks.clear();
  part.used = chunk_rows;
}

std::size_t DayRows::count() const {
  std::size_t rows = 0;
  for (const Part& part : parts_)
    if (!part.chunks.empty()) rows += (part.chunks.size() - 1) * chunk_rows + part.used;
  return rows;
}

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

PackedPartition::PackedPartition(ActorTable& actors, const ActionNumbers& actions, std::size_t partition,
                                 std::uint64_t base_line, std::vector<DayRow>& rows) {
  if (rows.empty()) return;
  const std::vector<std::uint32_t>& order = actors.sort_partition(partition);
  const KeyScale scale = scale_of(rows, actions.count());
  std::vector<Keyed> keyed;
  keyed.reserve(rows.size());
  for (const DayRow& row : rows)
    keyed.push_back({scale.key(actors.rank(row.actor), actions.number(row.action), row.day), row.line});
  std::vector<DayRow>().swap(rows);
  sort_by_digits(keyed, static_cast<unsigned>(std::bit_width(scale.key(order.size(), 0, scale.first_day))));

  FactWriter writer;
  std::vector<std::int32_t> days;
  for (std::size_t i = 0; i < keyed.size();) {
    const std::uint64_t rank = scale.rank(keyed[i].key);
    writer.clear();
    while (i < keyed.size() && scale.rank(keyed[i].key) == rank) {
      const std::uint64_t fact = keyed[i].key / scale.days;
      const std::size_t begin = i;
      std::uint32_t first_line = ~0u, last_line = ~0u;
      days.clear();
      for (; i < keyed.size() && keyed[i].key / scale.days == fact; ++i) {
        const std::int32_t day = scale.day(keyed[i].key);
        if (days.empty() || days.back() != day) days.push_back(day), last_line = keyed[i].line;
        last_line = std::min(last_line, keyed[i].line);
        if (keyed[i].key == keyed[begin].key) first_line = std::min(first_line, keyed[i].line);
      }
      writer.add(static_cast<std::uint32_t>(scale.action(keyed[begin].key)), days, base_line + first_line,
                 base_line + last_line);
    }
    bytes_.append(writer.block());
    blocks_.push_back({order[rank], bytes_.size()});
  }
}

void PackedPartition::each(const ActorTable& actors, std::int64_t part,
                           const std::function<void(const ActivityBlock&)>& visit) const {
  std::size_t begin = 0;
  for (const Block& block : blocks_) {
    const ActorTable::Actor& actor = actors.actor(block.actor);
    visit({part, actor.hash, actor.id(), actor.login(), actor.email(),
           std::string_view(bytes_).substr(begin, block.end - begin)});
    begin = block.end;
  }
}

}  // namespace seatlint
