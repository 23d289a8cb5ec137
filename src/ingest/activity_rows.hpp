// SPDX-License-Identifier: Apache-2.0
// The rows of a log, twelve bytes each, until they are packed: one block an identity, in order of its hash.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ingest/activity_block.hpp"
#include "ingest/actor_table.hpp"

namespace seatlint {

struct DayRow {
  std::uint32_t actor = 0;
  std::uint16_t action = 0, day = 0;  ///< day: since 1970-01-01
  std::uint32_t line = 0;             ///< from the first line of the part on
};

/// Rows by partition; one for each thread that adds.
class DayRows {
 public:
  DayRows() : parts_(actor_partitions) {}
  void add(std::size_t partition, const DayRow& row) {
    Part& part = parts_[partition];
    if (part.used == chunk_rows) start_chunk(part);
    part.chunks.back()[part.used++] = row;
  }
  void move_to(std::size_t partition, std::vector<DayRow>& out);
  std::size_t count() const;

 private:
  static constexpr std::size_t chunk_rows = 341;  // 4 KiB
  struct Part {
    std::vector<std::unique_ptr<DayRow[]>> chunks;
    std::size_t used = chunk_rows;
  };
  static void start_chunk(Part& part);

  std::vector<Part> parts_;
};

/// Actions numbered in the order of their keys, so that the same file gives the same bytes.
class ActionNumbers {
 public:
  static constexpr std::size_t most = 0xFFFF;
  /// A handle for rows; `most` where there are too many different actions.
  std::uint16_t handle(const ActionKey& key);
  /// Numbers for all handles so far; those given once stay.
  void settle();
  std::uint32_t number(std::uint16_t handle) const { return numbers_[handle]; }
  std::size_t count() const { return keys_.size(); }
  /// By number.
  const std::vector<ActionKey>& keys() const { return keys_; }

 private:
  std::map<ActionKey, std::uint16_t> handles_;
  std::vector<std::uint32_t> numbers_;
  std::vector<ActionKey> keys_;
};

/// One partition's rows sorted and packed, ready to be handed on in order.
class PackedPartition {
 public:
  /// `rows` is used up. `base_line` is added to their lines.
  PackedPartition(ActorTable& actors, const ActionNumbers& actions, std::size_t partition, std::uint64_t base_line,
                  std::vector<DayRow>& rows);
  /// Blocks ascending by actor hash.
  void each(const ActorTable& actors, std::int64_t part, const std::function<void(const ActivityBlock&)>& visit) const;

 private:
  struct Block {
    std::uint32_t actor = 0;
    std::size_t end = 0;  ///< in bytes_
  };
  std::vector<Block> blocks_;
  std::string bytes_;
};

}  // namespace seatlint
