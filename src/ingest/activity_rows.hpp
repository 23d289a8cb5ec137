// SPDX-License-Identifier: Apache-2.0
// The rows of a log packed: one block an identity, in order of its hash.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ingest/activity_block.hpp"
#include "ingest/actor_table.hpp"
#include "ingest/day_rows.hpp"

namespace seatlint {

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
  explicit PackedPartition(std::size_t partition) : partition_(partition) {}
  void add(std::uint32_t actor, std::string_view facts) {
    bytes_.append(facts);
    blocks_.push_back({actor, bytes_.size()});
  }
  /// Blocks ascending by actor hash.
  void each(const ActorTable& actors, std::int64_t part, const std::function<void(const ActivityBlock&)>& visit) const;

 private:
  struct Block {
    std::uint32_t actor = 0;
    std::size_t end = 0;  ///< in bytes_
  };
  std::size_t partition_;
  std::vector<Block> blocks_;
  std::string bytes_;
};

/// Sorts and packs the rows of one partition after the other.
class PartitionPacker {
 public:
  /// `base_line` is added to the lines of rows. All must outlive this and stay as they are.
  PartitionPacker(const ActorTable& actors, const ActionNumbers& actions, const std::vector<DayRows>& rows,
                  std::uint64_t base_line);
  PackedPartition pack(std::size_t partition);

 private:
  /// A row as one number: rank of the identity, action, day, line. Nearly always 64 bits are enough for it.
  __extension__ typedef unsigned __int128 Wide;
  template <typename Number>
  void pack(std::size_t partition, const std::vector<std::uint32_t>& order, std::vector<Number>& numbers,
            std::vector<Number>& other, PackedPartition& packed);

  const ActorTable& actors_;
  const ActionNumbers& actions_;
  const std::vector<DayRows>& rows_;
  std::uint64_t base_line_;
  std::uint16_t first_day_ = 0xFFFF;
  unsigned day_bits_, action_bits_;
  std::vector<std::uint32_t> ranks_;
  std::vector<std::uint64_t> numbers_, other_;  ///< kept, so that their memory is taken once
  std::vector<std::int32_t> days_;
  FactWriter writer_;
};

}  // namespace seatlint
