// SPDX-License-Identifier: Apache-2.0
// One table for all circles. A slot says only whose text it is: nearly every text is one account's.
#include "fleet/account_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/ascii.hpp"
#include "base/fetch.hpp"
#include "base/in_parallel.hpp"

namespace seatlint {
namespace {

constexpr std::size_t fewest = 2000;  // accounts for which a thread is worth its while

std::uint64_t hash_in(int circle, std::string_view text) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
  return hash64(text) ^ (static_cast<std::uint64_t>(circle) * odd);
}

bool is_folded(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80 && lower(c) == c; });
}

bool folds_to(std::string_view text, std::string_view folded) {
  return is_folded(text) ? text == folded : fold_case(text) == folded;
}

bool has_alias(const AccountIdentity& identity, std::string_view text) {
  return std::find(identity.aliases.begin(), identity.aliases.end(), text) != identity.aliases.end();
}

/// What names two accounts names none.
void claim(int& account, int index) {
  if (account == AccountIndex::unknown) account = index;
  if (account != index) account = AccountIndex::ambiguous;
}

}  // namespace

AccountIndex::AccountIndex(const Fleet& fleet) : fleet_(fleet) {
  draw_circles();
  const std::size_t parts = part_count(fleet.accounts.size(), fewest);
  shards_.resize(parts);
  folded_.resize(parts);
  std::vector<Names> names(parts, Names(parts));
  in_parallel(fleet.accounts.size(), fewest, [&](std::size_t first, std::size_t last, std::size_t part) {
    list_names(first, last, folded_[part], names[part]);
  });
  in_parallel(parts, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t at = first; at < last; ++at) {
      std::size_t count = 0;
      for (const Names& part : names) count += part[at].size();
      Shard& shard = shards_[at];
      const std::size_t slots = std::bit_ceil(count * 2 + 1);
      shard.slots = LargePages(slots * sizeof(Slot));
      shard.mask = slots - 1;
      constexpr std::size_t ahead = 16;
      for (const Names& part : names)
        for (std::size_t i = 0; i < part[at].size(); ++i) {
          if (i + ahead < part[at].size()) __builtin_prefetch(&shard.slot(part[at][i + ahead].hash >> 32u), 1);
          put(shard, part[at][i]);
        }
    }
  });
}

int AccountIndex::circle_of(int org, std::string_view vendor) const {
  const auto at = std::find_if(circles_.begin(), circles_.end(), [&](const Circle& circle) {
    return circle.org == org && !circle.whole_org && circle.vendor == vendor;
  });
  return at == circles_.end() ? -1 : static_cast<int>(at - circles_.begin());
}

int AccountIndex::circle_of(int org) const {
  const auto at = std::find_if(circles_.begin(), circles_.end(),
                               [&](const Circle& circle) { return circle.org == org && circle.whole_org; });
  return at == circles_.end() ? -1 : static_cast<int>(at - circles_.begin());
}

void AccountIndex::draw_circles() {
  const Account* previous = nullptr;
  for (const Account& one : fleet_.accounts) {
    const bool other = previous == nullptr || previous->org != one.org || previous->vendor != one.vendor;
    previous = &one;
    if (other && circle_of(one.org, one.vendor) < 0) circles_.push_back({one.org, false, one.vendor});
  }
  const std::vector<Circle> own = circles_;
  for (const Circle& one : own) {
    const auto same_org = [&](const Circle& circle) { return circle.org == one.org; };
    if (std::count_if(own.begin(), own.end(), same_org) > 1 && circle_of(one.org) < 0)
      circles_.push_back({one.org, true, {}});
  }
}

AccountIndex::Scope AccountIndex::scope(int org, std::string_view vendor) const {
  const Scope scope{circle_of(org, vendor), circle_of(org)};
  if (scope.all >= 0) return scope;
  // An org with a single vendor, if it has any account.
  const auto any =
      std::find_if(circles_.begin(), circles_.end(), [&](const Circle& circle) { return circle.org == org; });
  return {scope.own, any == circles_.end() ? -1 : static_cast<int>(any - circles_.begin())};
}

/// Each text of these accounts once in each of their circles.
void AccountIndex::list_names(std::size_t first, std::size_t last, Arena& folded, Names& names) const {
  for (std::vector<Name>& list : names) list.reserve((last - first) * 2 / names.size() + fewest);
  std::vector<std::string_view> texts;
  const Account* previous = nullptr;
  int own = -1, all = -1;
  for (std::size_t i = first; i < last; ++i) {
    const Account& one = fleet_.accounts[i];
    if (previous == nullptr || previous->org != one.org || previous->vendor != one.vendor) {
      own = circle_of(one.org, one.vendor);
      all = circle_of(one.org);
    }
    previous = &one;
    texts.clear();
    const auto add = [&](std::string_view text) {
      if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    };
    const AccountIdentity& identity = one.identity;
    for (const std::string_view text : {one.key, identity.id, identity.login, identity.email}) add(text);
    for (const std::string_view alias : identity.aliases) add(alias);
    if (!is_folded(one.key)) add(folded.keep(fold_case(one.key)));
    for (const int circle : {own, all}) {
      if (circle < 0) continue;
      for (const std::string_view text : texts) {
        const std::uint64_t hash = hash_in(circle, text);
        names[hash % names.size()].push_back({hash, text, static_cast<int>(i), circle});
      }
    }
  }
}

/// Whether the account is of the circle and goes by the text.
bool AccountIndex::is_meant(const Account& one, int circle, std::string_view text) const {
  const Circle& among = circles_[static_cast<std::size_t>(circle)];
  if (one.org != among.org || (!among.whole_org && one.vendor != among.vendor)) return false;
  const AccountIdentity& identity = one.identity;
  for (const std::string_view own : {one.key, identity.login, identity.email, identity.id})
    if (own == text) return true;
  return has_alias(identity, text) || folds_to(one.key, text);
}

void AccountIndex::note(Shared& shared, int index) const {
  const Account& one = account(index);
  const AccountIdentity& identity = one.identity;
  const std::string_view text = shared.text;
  if (one.key == text || identity.id == text) claim(shared.by_id, index);
  if (identity.login == text) claim(shared.by_login, index);
  if (identity.email == text) claim(shared.by_email, index);
  if (identity.id == text || identity.login == text || identity.email == text || has_alias(identity, text))
    claim(shared.by_alias, index);
  if (folds_to(one.key, text)) claim(shared.by_folded_id, index);
}

void AccountIndex::put(Shard& shard, const Name& name) const {
  const auto tag = static_cast<std::uint32_t>(name.hash);
  for (std::size_t at = name.hash >> 32u;; ++at) {
    Slot& slot = shard.slot(at);
    if (slot.who == 0) {
      slot = {tag, name.account + 1};
      return;
    }
    if (slot.hash != tag) continue;
    if (slot.who > 0) {
      const int first = slot.who - 1;
      if (!is_meant(account(first), name.circle, name.text)) continue;
      slot.who = -1 - static_cast<std::int32_t>(shard.shared.size());
      shard.shared.push_back({name.circle, name.text});
      note(shard.shared.back(), first);
    }
    Shared& shared = shard.shared[static_cast<std::size_t>(-1 - slot.who)];
    if (shared.circle != name.circle || shared.text != name.text) continue;
    note(shared, name.account);
    return;
  }
}

int AccountIndex::find(int circle, std::string_view text, std::uint64_t hash) const {
  const Shard& shard = this->shard(hash);
  for (std::size_t at = hash >> 32u;; ++at) {
    const Slot& slot = shard.slot(at);
    if (slot.who == 0) return unknown;
    if (slot.hash != static_cast<std::uint32_t>(hash)) continue;
    if (slot.who > 0) {
      if (is_meant(account(slot.who - 1), circle, text)) return slot.who - 1;
      continue;
    }
    const Shared& shared = shard.shared[static_cast<std::size_t>(-1 - slot.who)];
    if (shared.circle != circle || shared.text != text) continue;
    int result = unknown;
    for (const int one : {shared.by_id, shared.by_login, shared.by_email, shared.by_alias, shared.by_folded_id}) {
      if (one >= 0) return one;
      if (one == ambiguous) result = ambiguous;
    }
    return result;
  }
}

int AccountIndex::find(int circle, const Asked& asked) const {
  int result = unknown;
  for (const std::string_view text : {asked.id, asked.login, asked.email}) {
    const int one = text.empty() || circle < 0 ? unknown : find(circle, text, hash_in(circle, text));
    if (one >= 0) return one;
    if (one == ambiguous) result = ambiguous;
  }
  return result;
}

const Account* AccountIndex::likely(std::uint64_t hash) const {
  const Slot& slot = shard(hash).slot(hash >> 32u);
  return slot.who > 0 && slot.hash == static_cast<std::uint32_t>(hash) ? &account(slot.who - 1) : nullptr;
}

void AccountIndex::find(std::span<const Asked> asked, std::span<int> found) const {
  constexpr std::size_t at_a_time = 32;
  std::array<std::uint64_t, at_a_time> hashes{};
  for (std::size_t first = 0; first < asked.size(); first += at_a_time) {
    const std::span<const Asked> some = asked.subspan(first, std::min(at_a_time, asked.size() - first));
    const auto for_each = [&](const auto& look) {
      for (std::size_t i = 0; i < some.size(); ++i)
        if (some[i].scope.own >= 0) look(some[i], hashes[i]);
    };
    for_each([&](const Asked& one, std::uint64_t& hash) {
      const std::string_view text = !one.id.empty() ? one.id : one.login.empty() ? one.email : one.login;
      hash = hash_in(one.scope.own, text);
      __builtin_prefetch(&shard(hash).slot(hash >> 32u));
    });
    for_each([&](const Asked&, std::uint64_t hash) {
      if (const Account* account = likely(hash)) fetch(account, sizeof account->key + sizeof account->identity);
    });
    for_each([&](const Asked&, std::uint64_t hash) {
      if (const Account* account = likely(hash)) __builtin_prefetch(account->identity.login.data());
    });
    for (std::size_t i = 0; i < some.size(); ++i) {
      const int own = find(some[i].scope.own, some[i]);
      const bool further = own == unknown && some[i].scope.all != some[i].scope.own;
      found[first + i] = further ? find(some[i].scope.all, some[i]) : own;
    }
  }
}

}  // namespace seatlint
