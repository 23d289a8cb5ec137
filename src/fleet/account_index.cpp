// SPDX-License-Identifier: Apache-2.0
// One table for all circles. A slot says only whose text it is: nearly every text is one account's.
#include "fleet/account_index.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>

#include "base/ascii.hpp"
#include "base/fetch.hpp"
#include "base/in_parallel.hpp"
#include "fleet/accounts.hpp"

namespace seatlint {
namespace {

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

bool is_same_view(std::string_view a, std::string_view b) { return a.data() == b.data() && a.size() == b.size(); }

bool has_alias(const Account& account, std::string_view text) {
  const ListRef<std::string_view>& aliases = account.more().aliases;
  return std::find(aliases.begin(), aliases.end(), text) != aliases.end();
}

/// What names two accounts names none.
void claim(int& account, int index) {
  if (account == AccountIndex::unknown) account = index;
  if (account != index) account = AccountIndex::ambiguous;
}

}  // namespace

AccountIndex::AccountIndex(const Fleet& fleet) : fleet_(fleet) {
  draw_circles();
  const std::size_t names = most_names();
  if (names > INT32_MAX) throw Error("more names of accounts than can be told apart");
  const std::size_t slots = std::bit_ceil(names * 2 + 1);
  slots_ = LargePages(slots * sizeof(Word));
  mask_ = slots - 1;
  tag_shift_ = 1 + static_cast<unsigned>(std::bit_width(names));
  folded_.resize(part_count(fleet.accounts.size(), fewest_accounts));
  in_pieces(fleet.accounts.size(), fewest_accounts,
            [&](std::size_t first, std::size_t last, std::size_t part) { put_all(first, last, folded_[part]); });
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
  // Each account of another org or vendor than the one before: mostly few.
  const auto others = those_in_parallel(fleet_.accounts.size(), fewest_accounts, [&](std::size_t i) {
    if (i == 0) return true;
    const Account &previous = fleet_.accounts[i - 1], &one = fleet_.accounts[i];
    return previous.org != one.org || previous.vendor != one.vendor;
  });
  for (const std::size_t i : others) {
    const Account& one = fleet_.accounts[i];
    if (circle_of(one.org, one.vendor) < 0) circles_.push_back({one.org, false, one.vendor});
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

/// No fewer than there are: a text that stands in two places mostly is the same bytes.
std::size_t AccountIndex::most_names() const {
  std::atomic<std::size_t> all = 0;
  in_pieces(fleet_.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t) {
    std::size_t count = 0;
    for (std::size_t i = first; i < last; ++i) {
      const Account& one = fleet_.accounts[i];
      const AccountIdentity& identity = one.identity;
      const auto adds = [](TextRef text, TextRef other) { return !text.empty() && !is_same_view(text, other); };
      count += 1 + one.more().aliases.size() + !is_folded(one.key) + adds(identity.id, one.key) +
               adds(identity.login, one.key) + adds(identity.email, identity.login);
    }
    all += count;
  });
  const bool twice = std::any_of(circles_.begin(), circles_.end(), [](const Circle& one) { return one.whole_org; });
  return twice ? all * 2 : all.load();
}

/// Each text once. `previous` may be null: an account whose circles stand in `names`.
void AccountIndex::list_names(const Account& one, const Account* previous, Arena& folded, Names& names) const {
  if (previous == nullptr || previous->org != one.org || previous->vendor != one.vendor) {
    names.own = circle_of(one.org, one.vendor);
    names.all = circle_of(one.org);
  }
  names.texts.clear();
  const auto add = [&](std::string_view text) {
    if (!text.empty() && std::find(names.texts.begin(), names.texts.end(), text) == names.texts.end())
      names.texts.push_back(text);
  };
  const AccountIdentity& identity = one.identity;
  for (const std::string_view text : {one.key, identity.id, identity.login, identity.email}) add(text);
  for (const std::string_view alias : one.more().aliases) add(alias);
  if (!is_folded(one.key)) add(folded.keep(fold_case(one.key)));
}

/// Some accounts at a time: the places of all their texts are fetched from memory before the first is filled.
void AccountIndex::put_all(std::size_t first, std::size_t last, Arena& folded) {
  constexpr std::size_t at_a_time = 16;
  struct Name {
    std::uint64_t hash;
    std::string_view text;
    int circle, account;
  };
  std::vector<Name> some;
  Names names;
  const Account* previous = nullptr;
  for (std::size_t i = first; i < last; ++i) {
    const Account& one = fleet_.accounts[i];
    list_names(one, previous, folded, names);
    previous = &one;
    for (const int circle : {names.own, names.all}) {
      if (circle < 0) continue;
      for (const std::string_view text : names.texts) {
        some.push_back({hash_in(circle, text), text, circle, static_cast<int>(i)});
        fetch_line(&word(some.back().hash >> 32u));
      }
    }
    if (some.size() < at_a_time && i + 1 < last) continue;
    for (const Name& name : some) put(name.circle, name.text, name.hash, name.account);
    some.clear();
  }
}

/// Whether the account is of the circle and goes by the text.
bool AccountIndex::is_meant(const Account& one, int circle, std::string_view text) const {
  const Circle& among = circles_[static_cast<std::size_t>(circle)];
  if (one.org != among.org || (!among.whole_org && one.vendor != among.vendor)) return false;
  const AccountIdentity& identity = one.identity;
  for (const std::string_view own : {one.key, identity.login, identity.email, identity.id})
    if (own == text) return true;
  return has_alias(one, text) || folds_to(one.key, text);
}

void AccountIndex::note(Shared& shared, int index) const {
  const Account& one = account(index);
  const AccountIdentity& identity = one.identity;
  const std::string_view text = shared.text;
  if (one.key == text || identity.id == text) claim(shared.by_id, index);
  if (identity.login == text) claim(shared.by_login, index);
  if (identity.email == text) claim(shared.by_email, index);
  if (identity.id == text || identity.login == text || identity.email == text || has_alias(one, text))
    claim(shared.by_alias, index);
  if (folds_to(one.key, text)) claim(shared.by_folded_id, index);
  shared.accounts.push_back(index);
}

/// Several threads at once: a free place is taken by exchanging its word, the rest is done one after the other.
void AccountIndex::put(int circle, std::string_view text, std::uint64_t hash, int account) {
  const Word tag = this->tag(hash), mine = packed({tag, false, account});
  for (std::uint64_t at = hash >> 32u;; ++at) {
    Word& here = word(at);
    Word seen = std::atomic_ref(here).load(std::memory_order_acquire);
    if (seen == 0 && std::atomic_ref(here).compare_exchange_strong(seen, mine, std::memory_order_acq_rel)) return;
    if (unpacked(seen).tag == tag && put_shared(here, circle, text, account)) return;
  }
}

/// False: what stands there is another text.
bool AccountIndex::put_shared(Word& here, int circle, std::string_view text, int account) {
  const std::lock_guard lock(sharing_);
  Slot slot = unpacked(std::atomic_ref(here).load(std::memory_order_acquire));
  if (!slot.is_shared) {
    const int first = slot.who;
    if (!is_meant(this->account(first), circle, text)) return false;
    slot = {slot.tag, true, static_cast<std::int32_t>(shared_.size())};
    Shared& fresh = shared_.emplace_back();
    fresh.circle = circle;
    fresh.text = text;
    note(fresh, first);
    std::atomic_ref(here).store(packed(slot), std::memory_order_release);
  }
  Shared& shared = shared_[static_cast<std::size_t>(slot.who)];
  if (shared.circle != circle || shared.text != text) return false;
  note(shared, account);
  return true;
}

void AccountIndex::each_shared(
    const std::function<void(std::string_view text, std::span<const int> accounts)>& visit) const {
  for (const Shared& shared : shared_) {
    const Circle& circle = circles_[static_cast<std::size_t>(shared.circle)];
    if (circle.whole_org || circle_of(circle.org) < 0) visit(shared.text, shared.accounts);
  }
}

int AccountIndex::find(int circle, std::string_view text, std::uint64_t hash) const {
  for (std::uint64_t at = hash >> 32u;; ++at) {
    const Slot slot = this->slot(at);
    if (slot.who < 0) return unknown;
    if (slot.tag != tag(hash)) continue;
    if (!slot.is_shared) {
      if (is_meant(account(slot.who), circle, text)) return slot.who;
      continue;
    }
    const Shared& shared = shared_[static_cast<std::size_t>(slot.who)];
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
  const Slot slot = this->slot(hash >> 32u);
  return slot.who >= 0 && !slot.is_shared && slot.tag == tag(hash) ? &account(slot.who) : nullptr;
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
      fetch_line(&word(hash >> 32u));
    });
    for_each([&](const Asked&, std::uint64_t hash) {
      if (const Account* account = likely(hash)) fetch_line(account);
    });
    for_each([&](const Asked&, std::uint64_t hash) {
      const Account* account = likely(hash);
      if (account == nullptr) return;
      fetch_line(account->identity.login.data());
      fetch_line(account->identity.email.data());
    });
    for (std::size_t i = 0; i < some.size(); ++i) {
      const int own = find(some[i].scope.own, some[i]);
      const bool further = own == unknown && some[i].scope.all != some[i].scope.own;
      found[first + i] = further ? find(some[i].scope.all, some[i]) : own;
    }
  }
}

}  // namespace seatlint
