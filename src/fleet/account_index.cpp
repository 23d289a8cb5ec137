// SPDX-License-Identifier: Apache-2.0
// A text may be one account's id and another's login: what it is of them decides.
#include "fleet/account_index.hpp"

#include <algorithm>
#include <mutex>

#include "base/ascii.hpp"
#include "base/in_parallel.hpp"

namespace seatlint {

/// Whom texts name. They are shared out by their hash among shards, so that each can be filled by a thread of its own.
class AccountIndex::Names {
 public:
  /// Of one org, and of one vendor where it is not empty.
  Names(const Fleet& fleet, int org, std::string_view vendor, std::size_t shards)
      : fleet_(fleet), org_(org), vendor_(vendor), shards_(shards) {}

  void reserve(std::size_t accounts) {
    for (Shard& shard : shards_) shard.texts.reserve(accounts * 2 / shards_.size());
  }

  /// The hashes of what an account is called.
  struct Hashes {
    std::uint64_t key, id, login, email;
    explicit Hashes(const Account& account)
        : key(NumberedTexts::hash_of(account.key)),
          id(NumberedTexts::hash_of(account.identity.id)),
          login(NumberedTexts::hash_of(account.identity.login)),
          email(NumberedTexts::hash_of(account.identity.email)) {}
  };

  void prefetch(const Hashes& hashes, std::size_t shard) const {
    for (const std::uint64_t hash : {hashes.key, hashes.login, hashes.email})
      if (hash % shards_.size() == shard) shards_[shard].texts.prefetch(hash);
  }

  /// Those of its texts that belong to this shard.
  void put(const Account& account, const Hashes& hashes, int index, std::size_t shard) {
    const AccountIdentity& identity = account.identity;
    const auto number = [&](std::string_view text, std::uint64_t hash) { return number_in(shard, text, hash); };
    const auto note = [&](int text, int Named::*how) { note_in(shards_[shard], text, how, index); };
    const int key = number(account.key, hashes.key);
    note(key, &Named::by_id);
    const int id = identity.id == account.key ? key : number(identity.id, hashes.id);
    note(id, &Named::by_id);
    const int login = number(identity.login, hashes.login);
    note(login, &Named::by_login);
    const int email = identity.email == identity.login ? login : number(identity.email, hashes.email);
    note(email, &Named::by_email);
    for (const int own : {id, login, email}) note(own, &Named::by_alias);
    for (const std::string_view alias : identity.aliases)
      note(number(alias, NumberedTexts::hash_of(alias)), &Named::by_alias);
  }

  int find(std::string_view text) const {
    int result = unknown;
    const std::uint64_t hash = NumberedTexts::hash_of(text);
    const Shard& shard = shards_[hash % shards_.size()];
    if (const int number = shard.texts.find(text, hash); number >= 0) {
      const Named& named = shard.named[static_cast<std::size_t>(number)];
      for (const int account : {named.by_id, named.by_login, named.by_email, named.by_alias}) {
        if (account >= 0) return account;
        if (account == ambiguous) result = ambiguous;
      }
    }
    const int folded = find_folded_id(text);
    return folded == unknown ? result : folded;
  }

 private:
  /// Whom a text names, by what it is of them, best first.
  struct Named {
    int by_id = unknown, by_login = unknown, by_email = unknown, by_alias = unknown;
  };
  struct Shard {
    NumberedTexts texts;
    std::vector<Named> named;  ///< by number of the text
  };
  /// A log without a column of its own for ids names them where logins stand, folded like those. Few logs need it.
  struct FoldedIds {
    std::once_flag filled;
    NumberedTexts texts;
    std::vector<int> accounts;  ///< by number of the text
  };

  const Fleet& fleet_;
  int org_;
  std::string_view vendor_;
  std::vector<Shard> shards_;
  mutable FoldedIds folded_;

  /// -1 for the empty text, which names nobody, and for those of other shards.
  int number_in(std::size_t shard, std::string_view text, std::uint64_t hash) {
    if (text.empty() || hash % shards_.size() != shard) return -1;
    Shard& own = shards_[shard];
    const int number = own.texts.add_lasting(text, hash);
    if (static_cast<std::size_t>(number) == own.named.size()) own.named.emplace_back();
    return number;
  }
  static void note_in(Shard& shard, int number, int Named::*how, int index) {
    if (number >= 0) note(shard.named[static_cast<std::size_t>(number)].*how, index);
  }
  static void note(int& account, int index) {
    if (account == unknown) account = index;
    if (account != index) account = ambiguous;
  }

  int find_folded_id(std::string_view text) const {
    std::call_once(folded_.filled, [this] { fill_folded_ids(); });
    const int number = folded_.texts.find(text);
    return number < 0 ? unknown : folded_.accounts[static_cast<std::size_t>(number)];
  }
  void fill_folded_ids() const {
    const auto stays = [](char c) { return static_cast<unsigned char>(c) < 0x80 && lower(c) == c; };
    for (std::size_t i = 0; i < fleet_.accounts.size(); ++i) {
      const Account& account = fleet_.accounts[i];
      if (account.org != org_ || (!vendor_.empty() && account.vendor != vendor_)) continue;
      const bool is_folded = std::all_of(account.key.begin(), account.key.end(), stays);
      const auto number = static_cast<std::size_t>(is_folded ? folded_.texts.add_lasting(account.key)
                                                             : folded_.texts.add(fold_case(account.key)));
      if (number == folded_.accounts.size()) folded_.accounts.push_back(unknown);
      note(folded_.accounts[number], static_cast<int>(i));
    }
  }
};

AccountIndex::AccountIndex(const Fleet& fleet) {
  constexpr std::size_t fewest = 2000;  // accounts for which a thread is worth its while
  const std::size_t shards = part_count(fleet.accounts.size(), fewest);
  const auto add_names = [&](int org, std::string_view vendor) {
    return names_.emplace_back(std::make_unique<Names>(fleet, org, vendor, shards)).get();
  };
  std::map<std::pair<int, std::string_view>, std::size_t> counts;
  const Account* previous = nullptr;
  std::size_t* count = nullptr;
  for (const Account& account : fleet.accounts) {
    if (previous == nullptr || previous->org != account.org || previous->vendor != account.vendor)
      count = &counts[{account.org, account.vendor}];
    ++*count;
    previous = &account;
  }
  for (const auto& [feed, accounts] : counts) {
    Names* names = by_vendor_[{feed.first, std::string(feed.second)}] = add_names(feed.first, feed.second);
    names->reserve(accounts);
  }
  std::map<int, Names*> mixed;  // orgs with several vendors
  for (const auto& [key, own] : by_vendor_)
    if (const auto [at, fresh] = by_org_.try_emplace(key.first, own); !fresh && mixed[key.first] == nullptr)
      at->second = mixed[key.first] = add_names(key.first, {});
  in_parallel(shards, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t shard = first; shard < last; ++shard) fill(fleet.accounts, mixed, shard);
  });
}

/// Some accounts at a time: what they will touch is fetched while hashes of others are computed.
void AccountIndex::fill(const std::vector<Account>& accounts, const std::map<int, Names*>& mixed, std::size_t shard) {
  struct Put {
    Names::Hashes hashes;
    Names* own;
    Names* all;
  };
  constexpr std::size_t at_a_time = 32;
  std::vector<Put> puts;
  const Account* previous = nullptr;
  Names *own = nullptr, *all = nullptr;
  for (std::size_t first = 0; first < accounts.size(); first += at_a_time) {
    const std::size_t last = std::min(first + at_a_time, accounts.size());
    puts.clear();
    for (std::size_t i = first; i < last; ++i) {
      const Account& account = accounts[i];
      if (previous == nullptr || previous->org != account.org || previous->vendor != account.vendor) {
        own = by_vendor_.at({account.org, std::string(account.vendor)});
        const auto found = mixed.find(account.org);
        all = found == mixed.end() ? nullptr : found->second;
      }
      previous = &account;
      puts.push_back({Names::Hashes(account), own, all});
      own->prefetch(puts.back().hashes, shard);
    }
    for (std::size_t i = first; i < last; ++i)
      for (Names* names : {puts[i - first].own, puts[i - first].all})
        if (names != nullptr) names->put(accounts[i], puts[i - first].hashes, static_cast<int>(i), shard);
  }
}

AccountIndex::~AccountIndex() = default;

AccountIndex::Scope AccountIndex::scope(int org, const std::string& vendor) const {
  const auto own = by_vendor_.find({org, vendor});
  const auto all = by_org_.find(org);
  return {own == by_vendor_.end() ? nullptr : own->second, all == by_org_.end() ? nullptr : all->second};
}

int AccountIndex::Scope::find(std::string_view id, std::string_view login, std::string_view email) const {
  const auto look = [&](const Names* names) {
    int result = unknown;
    for (const std::string_view key : {id, login, email}) {
      const int account = key.empty() || names == nullptr ? unknown : names->find(key);
      if (account >= 0) return account;
      if (account == ambiguous) result = ambiguous;
    }
    return result;
  };
  const int own = look(own_);
  return own == unknown && all_ != own_ ? look(all_) : own;
}

}  // namespace seatlint
