// SPDX-License-Identifier: Apache-2.0
// The rows of a log by partition of their identity, some seven bytes each, until they are packed.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/fetch.hpp"
#include "base/large_pages.hpp"
#include "ingest/actor_table.hpp"

namespace seatlint {

struct DayRow {
  std::uint32_t actor = 0;            ///< within its partition
  std::uint16_t action = 0, day = 0;  ///< day: since 1970-01-01
  std::uint32_t line = 0;             ///< from the first line of the part on
};

/// One for each thread that adds. Each row takes a byte that says how long its four numbers are, then these numbers,
/// day and line as steps from the row before it in the partition.
class DayRows {
 public:
  DayRows() : parts_(actor_partitions) {}
  void add(std::size_t partition, const DayRow& row) {
    Part& part = parts_[partition];
    if (part.room() <= longest_row) start_chunk(part);
    std::byte* at = part.at + 1;
    unsigned sizes = put(at, row.actor);
    sizes |= put(at, row.action) << 2u;
    sizes |= put(at, zigzag(row.day - part.day)) << 4u;
    sizes |= put(at, zigzag(row.line - part.line)) << 6u;
    *part.at = static_cast<std::byte>(sizes);
    part.at = at;
    part.day = row.day;
    part.line = row.line;
    first_day_ = std::min(first_day_, row.day);
    last_day_ = std::max(last_day_, row.day);
    ++count_;
  }
  /// Brings to the caches what `add` will write to.
  void prefetch(std::size_t partition) const {
    const auto at = reinterpret_cast<std::uintptr_t>(parts_[partition].at);
    fetch_line(reinterpret_cast<const void*>(at + longest_row));
  }
  /// In the order in which they were added.
  template <typename Visit>
  void each(std::size_t partition, Visit visit) const {
    const Part& part = parts_[partition];
    DayRow row;
    for (const std::byte* chunk = part.first; chunk != nullptr;) {
      Chunk head;
      std::memcpy(&head, chunk, sizeof head);
      const std::byte* end = head.next == nullptr ? part.at : head.end;
      for (const std::byte* at = chunk + sizeof head; at < end;) {
        const auto sizes = static_cast<unsigned>(*at++);
        row.actor = take(at, sizes);
        row.action = static_cast<std::uint16_t>(take(at, sizes >> 2u));
        row.day = static_cast<std::uint16_t>(row.day + unzigzag(take(at, sizes >> 4u)));
        row.line += unzigzag(take(at, sizes >> 6u));
        visit(row);
      }
      chunk = head.next;
    }
  }
  std::size_t count() const { return count_; }
  /// Of all rows; the last before the first where there are none.
  std::uint16_t first_day() const { return first_day_; }
  std::uint16_t last_day() const { return last_day_; }

 private:
  static constexpr std::size_t chunk_bytes = 1024, longest_row = 1 + 4 * sizeof(std::uint32_t);
  /// What a chunk begins with.
  struct Chunk {
    const std::byte* next = nullptr;
    const std::byte* end = nullptr;  ///< of its rows, once there is a next one
  };
  struct Part {
    std::byte *first = nullptr, *at = nullptr;
    std::uint32_t day = 0, line = 0;
    /// Chunks are aligned, and no row reaches the end of one.
    std::size_t room() const {
      return at == nullptr ? 0 : chunk_bytes - reinterpret_cast<std::uintptr_t>(at) % chunk_bytes;
    }
  };

  static std::uint32_t zigzag(std::uint32_t step) { return step << 1u ^ (0u - (step >> 31u)); }
  static std::uint32_t unzigzag(std::uint32_t value) { return value >> 1u ^ (0u - (value & 1u)); }
  static std::uint32_t little_endian(std::uint32_t value) {
    return std::endian::native == std::endian::little ? value : __builtin_bswap32(value);
  }
  /// Bytes beyond the first that `value` needs; `at` is moved behind it.
  static unsigned put(std::byte*& at, std::uint32_t value) {
    const std::uint32_t bytes = little_endian(value);
    std::memcpy(at, &bytes, sizeof bytes);
    const unsigned more = (value > 0xFFu ? 1u : 0u) + (value > 0xFFFFu ? 1u : 0u) + (value > 0xFFFFFFu ? 1u : 0u);
    at += more + 1;
    return more;
  }
  static std::uint32_t take(const std::byte*& at, unsigned sizes) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    const unsigned more = sizes & 3u;
    at += more + 1;
    return little_endian(bytes) & (0xFFFFFFFFu >> (8 * (3 - more)));
  }
  void start_chunk(Part& part);

  std::vector<Part> parts_;
  std::vector<LargePages> memory_;
  std::size_t used_ = LargePages::page;  ///< of the last of them
  std::size_t count_ = 0;
  std::uint16_t first_day_ = 0xFFFF, last_day_ = 0;
};

}  // namespace seatlint
