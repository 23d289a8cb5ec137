// SPDX-License-Identifier: Apache-2.0
// Finds accounts by what logs call them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/large_pages.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

class AccountIndex {
 public:
  static constexpr int unknown = -1, ambiguous = -2;

  /// The fleet must outlive this, and its accounts stay where they are.
  explicit AccountIndex(const Fleet& fleet);

  /// Those whom one log may name: accounts of its own vendor go first, then whomever it names alone in the org.
  struct Scope {
    int own = -1, all = -1;  ///< indexes into circles_; -1: nobody
  };
  Scope scope(int org, std::string_view vendor) const;

  /// An identity of a log. Any of the texts may be empty.
  struct Asked {
    Scope scope;
    std::string_view id, login, email;
  };
  /// For each its index into Fleet::accounts, `unknown` or `ambiguous`. Many at once: what one needs is fetched from
  /// memory while others are looked at.
  void find(std::span<const Asked> asked, std::span<int> found) const;

 private:
  /// Accounts among which a text is to name one: those of a vendor in an org, or all of an org with several vendors.
  struct Circle {
    int org = 0;
    bool whole_org = false;
    std::string_view vendor;  ///< where it is not the whole org
  };
  /// What an account goes by in a circle.
  struct Name {
    std::uint64_t hash = 0;
    std::string_view text;
    int account = 0, circle = 0;
  };
  /// What several accounts go by: whom it names, by what it is of them, best first. A log without a column of its own
  /// for ids names them where logins stand, folded like those.
  struct Shared {
    int circle = 0;
    std::string_view text;
    int by_id = unknown, by_login = unknown, by_email = unknown, by_alias = unknown, by_folded_id = unknown;
  };
  struct Slot {
    std::uint32_t hash;  ///< its lower half
    std::int32_t who;    ///< 0: free; above, index of the only account + 1; below, -1 - index of what is shared
  };
  /// Texts are shared out by their hash, so that each shard is filled by a thread of its own.
  struct Shard {
    LargePages slots;
    std::size_t mask = 0;
    std::vector<Shared> shared;
    Slot& slot(std::size_t at) const { return reinterpret_cast<Slot*>(slots.data())[at & mask]; }
  };
  /// By shard.
  using Names = std::vector<std::vector<Name>>;

  const Fleet& fleet_;
  std::vector<Circle> circles_;
  std::vector<Shard> shards_;
  std::vector<Arena> folded_;  ///< ids

  const Account& account(int at) const { return fleet_.accounts[static_cast<std::size_t>(at)]; }
  const Shard& shard(std::uint64_t hash) const { return shards_[hash % shards_.size()]; }
  int circle_of(int org, std::string_view vendor) const;
  int circle_of(int org) const;
  void draw_circles();
  void list_names(std::size_t first, std::size_t last, Arena& folded, Names& names) const;
  void put(Shard& shard, const Name& name) const;
  void note(Shared& shared, int account) const;
  bool is_meant(const Account& account, int circle, std::string_view text) const;
  /// The account whose texts decide whether a look-up ends at its first slot; nullptr: none.
  const Account* likely(std::uint64_t hash) const;
  int find(int circle, std::string_view text, std::uint64_t hash) const;
  int find(int circle, const Asked& asked) const;
};

}  // namespace seatlint
