// SPDX-License-Identifier: Apache-2.0
// Finds accounts by what logs call them.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
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

  /// Calls `visit` with each text that several accounts of an org go by, of whatever vendors, and with these accounts
  /// (indexes into Fleet::accounts, in no order).
  void each_shared(const std::function<void(std::string_view text, std::span<const int> accounts)>& visit) const;

 private:
  /// Accounts among which a text is to name one: those of a vendor in an org, or all of an org with several vendors.
  struct Circle {
    int org = 0;
    bool whole_org = false;
    SharedText vendor;  ///< where it is not the whole org
  };
  /// What several accounts go by: whom it names, by what it is of them, best first. A log without a column of its own
  /// for ids names them where logins stand, folded like those.
  struct Shared {
    int circle = 0;
    std::string_view text;
    int by_id = unknown, by_login = unknown, by_email = unknown, by_alias = unknown, by_folded_id = unknown;
    std::vector<int> accounts;
  };
  /// What stands for a text, in a word that threads exchange as a whole. The table is read in no order: the smaller,
  /// the more of it is in the cache.
  using Word = std::uint32_t;  ///< 0: free; else, from the lowest bit on: whether it is shared, `who` + 1, tag
  struct Slot {
    Word tag = 0;            ///< what there is room for of the hash
    bool is_shared = false;  ///< by several accounts
    std::int32_t who = -1;   ///< index of the only account, or into `shared_`; -1: free
  };
  /// What an account goes by, in the circle of its vendor and in that of the org (-1: there is none).
  struct Names {
    std::vector<std::string_view> texts;
    int own = -1, all = -1;
  };

  const Fleet& fleet_;
  std::vector<Circle> circles_;
  LargePages slots_;
  std::size_t mask_ = 0;
  unsigned tag_shift_ = 1;
  std::deque<Shared> shared_;
  std::mutex sharing_;         ///< while they are filled in
  std::vector<Arena> folded_;  ///< ids

  const Account& account(int at) const { return fleet_.accounts[static_cast<std::size_t>(at)]; }
  Word& word(std::uint64_t hash_half) const { return reinterpret_cast<Word*>(slots_.data())[hash_half & mask_]; }
  Word tag(std::uint64_t hash) const { return static_cast<Word>(std::uint64_t{static_cast<Word>(hash)} >> tag_shift_); }
  Word packed(const Slot& slot) const {
    const std::uint64_t who = static_cast<std::uint64_t>(slot.who) + 1;
    return static_cast<Word>(std::uint64_t{slot.tag} << tag_shift_ | who << 1u | std::uint64_t{slot.is_shared});
  }
  Slot unpacked(Word word) const {
    const std::uint64_t rest = std::uint64_t{word} & ((std::uint64_t{1} << tag_shift_) - 1);
    return {static_cast<Word>(std::uint64_t{word} >> tag_shift_), (rest & 1u) != 0,
            static_cast<std::int32_t>(rest >> 1u) - 1};
  }
  Slot slot(std::uint64_t hash_half) const { return unpacked(word(hash_half)); }
  int circle_of(int org, std::string_view vendor) const;
  int circle_of(int org) const;
  void draw_circles();
  std::size_t most_names() const;
  void list_names(const Account& account, const Account* previous, Arena& folded, Names& names) const;
  void put_all(std::size_t first, std::size_t last, Arena& folded);
  void put(int circle, std::string_view text, std::uint64_t hash, int account);
  bool put_shared(Word& word, int circle, std::string_view text, int account);
  void note(Shared& shared, int account) const;
  bool is_meant(const Account& account, int circle, std::string_view text) const;
  /// The account whose texts decide whether a look-up ends at its first slot; nullptr: none.
  const Account* likely(std::uint64_t hash) const;
  int find(int circle, std::string_view text, std::uint64_t hash) const;
  int find(int circle, const Asked& asked) const;
};

}  // namespace seatlint
