// SPDX-License-Identifier: Apache-2.0
// Whom a log names, each identity once. Looking up the cells of a row is free of locks; adding is not.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

/// Identities are spread over so many partitions by the top bits of their hash, so that each is sorted within caches.
constexpr unsigned actor_partition_bits = 9;
constexpr std::size_t actor_partitions = std::size_t{1} << actor_partition_bits;

class ActorTable {
 public:
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};  ///< the cells name no identity
  static constexpr std::size_t longest_cell = 0xFFFF;

  /// What a row needs to know of the identity its cells name.
  struct Found {
    std::uint32_t actor = nobody;
    std::uint16_t partition = 0;
    bool known = false;  ///< false: these cells were not met before
  };
  struct Actor {
    std::uint64_t hash = 0;
    const char* text = nullptr;  ///< id, login and email behind each other
    std::uint32_t id_size = 0, login_size = 0, email_size = 0;
    std::string_view id() const { return {text, id_size}; }
    std::string_view login() const { return {text + id_size, login_size}; }
    std::string_view email() const {
      return {text + id_size + login_size, email_size};
    }  ///< empty where it equals login
  };

  ActorTable();

  /// Cells are compared byte for byte as they stand in the file; `hash` is hash64 of them. Any thread.
  Found find(std::uint64_t hash, std::string_view cells) const;
  /// Bring what `find` will read into the caches, step by step.
  void prefetch(std::uint64_t hash) const;
  void prefetch_cells(std::uint64_t hash) const;
  /// The identity, added where it is new. One thread at a time, like all that follows.
  Found actor_of(const Identity& identity);
  /// Remembers that these cells name this identity.
  void name(std::uint64_t hash, std::string_view cells, Found actor);

  const Actor& actor(std::uint32_t index) const { return actors_[index]; }
  std::size_t size() const { return actors_.size(); }
  /// Before the first `sort_partition`.
  void start_sorting() { ranks_.resize(actors_.size()); }
  /// The identities of a partition by hash, then by text: the same however they were met. Each partition may be
  /// sorted by another thread.
  const std::vector<std::uint32_t>& sort_partition(std::size_t partition);
  /// Place of an actor within its sorted partition.
  std::uint32_t rank(std::uint32_t actor) const { return ranks_[actor]; }
  std::size_t bytes() const;

 private:
  /// A cache line: what is asked of the table most is whether a short text is this one.
  struct alignas(64) Cells {
    static constexpr std::size_t most_inside = 48;
    std::uint32_t actor = nobody;
    std::uint16_t size = 0, partition = 0;
    const char* outside = nullptr;  ///< a longer text
    char inside[most_inside];
    const char* text() const { return size <= most_inside ? inside : outside; }
  };
  /// Open addressing. A slot holds the upper half of the hash and one more than the index of the cells; 0: free.
  struct Slots {
    std::uint64_t mask = 0;
    std::unique_ptr<std::atomic<std::uint64_t>[]> slot;
  };
  static constexpr std::size_t chunk_cells = 1u << 12;

  const Cells& cells(std::uint32_t index) const {
    return std::atomic_ref(chunks_[index / chunk_cells]).load(std::memory_order_relaxed)[index % chunk_cells];
  }
  void grow();
  void put(const Slots& slots, std::uint64_t hash, std::uint32_t index);
  Found found(std::uint32_t actor) const;

  struct Free {
    void operator()(Cells** chunks) const;
  };
  /// Fixed, so that readers never see it move; the system gives pages of it only where they are used.
  std::unique_ptr<Cells*[], Free> chunks_;
  std::vector<std::unique_ptr<Cells[]>> owned_;
  std::vector<std::uint64_t> hashes_;                ///< by cells
  std::vector<std::unique_ptr<Slots>> generations_;  ///< older ones stay: a reader may still look into them
  std::atomic<const Slots*> slots_;

  std::deque<Actor> actors_;
  std::vector<std::uint32_t> by_identity_;  ///< open addressing over actors_, one more than the index
  std::vector<std::vector<std::uint32_t>> partitions_;
  std::vector<std::uint32_t> ranks_;
  Arena text_;
  std::size_t text_bytes_ = 0;

  const char* keep(std::string_view text);
};

}  // namespace seatlint
