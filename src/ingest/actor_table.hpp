// SPDX-License-Identifier: Apache-2.0
// Whom a log names, each identity once. Looking up the cells of a row is free of locks; adding is not.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/fetch.hpp"
#include "base/large_pages.hpp"
#include "ingest/cell_key.hpp"
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
    std::uint32_t actor = nobody;  ///< within its partition
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

  /// Cells are compared byte for byte as they stand in the file; `hash` is always the same of the same cells. Any
  /// thread.
  Found find(std::uint64_t hash, std::string_view cells) const;
  /// The same in three steps, between which what the next one reads comes into the caches: `candidate` are the cells
  /// that are probably these, or `nobody`, and `is` says whether they are: `find` must tell where they are not known.
  void prefetch(std::uint64_t hash) const;
  std::uint32_t candidate(std::uint64_t hash) const;
  Found is(std::uint32_t candidate, const CellKey& key, std::string_view cells) const;
  /// The identity, added where it is new. One thread at a time, like all that follows.
  Found actor_of(const Identity& identity);
  /// The same, and remembers that these cells, which were not met before, name this identity.
  Found name(std::uint64_t hash, std::string_view cells, const Identity& identity);
  /// The same where the cells are the login, and all there is of the identity.
  Found name_login(std::uint64_t hash, std::string_view login);
  /// Gives back what only a reader that began before may need; when none is at work.
  void drop_outgrown();

  const Actor& actor(std::size_t partition, std::uint32_t index) const { return actors_[partition][index]; }
  /// The identities of a partition by hash, then by text: the same however they were met. Any thread, while none is
  /// added.
  std::vector<std::uint32_t> sorted(std::size_t partition) const;
  /// The same for the same identities and cells, however they were met.
  std::size_t bytes() const;

 private:
  /// A cache line: what is asked of the table most is whether a short text is this one.
  struct alignas(64) Cells {
    static constexpr std::size_t most_inside = CellKey::most;
    std::uint64_t hash;
    std::uint32_t actor;
    std::uint16_t size, partition;
    union {
      char inside[most_inside];  ///< zeros behind the text
      const char* outside;       ///< a longer text
    };
    const char* text() const { return size <= most_inside ? inside : outside; }
  };
  /// Open addressing. A slot holds the upper half of the hash and one more than the index of the cells; 0: free.
  struct Slots {
    explicit Slots(std::size_t size) : mask(size - 1), memory(size * sizeof(std::uint64_t)) {}
    std::atomic_ref<std::uint64_t> at(std::uint64_t place) const {
      return std::atomic_ref(reinterpret_cast<std::uint64_t*>(memory.data())[place & mask]);
    }
    void prefetch(std::uint64_t place) const { fetch_line(memory.data() + (place & mask) * sizeof(std::uint64_t)); }
    std::uint64_t mask;
    LargePages memory;
  };
  struct Text {
    std::string_view id, login, email;
    std::size_t size() const { return id.size() + login.size() + email.size(); }
    std::uint64_t hash() const;
  };
  static constexpr std::size_t chunk_cells = LargePages::page / sizeof(Cells);

  static Text text_of(const Identity& identity);
  const Cells& cells(std::uint32_t index) const {
    return std::atomic_ref(chunks_[index / chunk_cells]).load(std::memory_order_relaxed)[index % chunk_cells];
  }
  Cells& add_cells(std::uint64_t hash, std::string_view text);
  /// `hash` of the identity; `kept`: the text, where it stays anyway.
  Found actor_of(const Text& text, std::uint64_t hash, const char* kept);
  void publish(Cells& cells, Found actor);
  static void put(const Slots& slots, std::uint64_t place, std::uint64_t tag, std::uint32_t index);
  void grow();
  void grow_identities();
  const char* keep(const Text& text);

  struct Free {
    void operator()(Cells** chunks) const;
  };
  /// Fixed, so that readers never see it move; the system gives pages of it only where they are used.
  std::unique_ptr<Cells*[], Free> chunks_;
  std::vector<LargePages> owned_;
  std::size_t cells_ = 0;
  std::vector<std::unique_ptr<Slots>> generations_;  ///< older ones stay: a reader may still look into them
  std::atomic<const Slots*> slots_;

  std::vector<std::vector<Actor>> actors_;  ///< by partition
  std::size_t actor_count_ = 0;
  /// The same over the identities; the upper half of the hash says the partition, too, in which the index is.
  std::unique_ptr<Slots> by_identity_;
  Arena text_;
  std::size_t text_bytes_ = 0;
};

}  // namespace seatlint
