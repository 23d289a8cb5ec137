// SPDX-License-Identifier: Apache-2.0
// A text may be one account's id and another's login: what it is of them decides.
#include "fleet/account_index.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace seatlint {
class AccountIndex::Names {
 public:
  void reserve(std::size_t accounts) { texts_.reserve(accounts * 2); }

  void put(const Account& account, int index) {
    const AccountIdentity& identity = account.identity;
    const int key = number(account.key);
    note(key, &Named::by_id, index);
    // A log without a column of its own for ids names them where logins stand, folded like those.
    note(folded(account.key, key), &Named::by_folded_id, index);
    const int id = identity.id == account.key ? key : number(identity.id);
    note(id, &Named::by_id, index);
    const int login = number(identity.login);
    note(login, &Named::by_login, index);
    const int email = identity.email == identity.login ? login : number(identity.email);
    note(email, &Named::by_email, index);
    for (const int own : {id, login, email}) note(own, &Named::by_alias, index);
    for (const std::string_view alias : identity.aliases) note(number(alias), &Named::by_alias, index);
  }

  int find(std::string_view text) const {
    int result = unknown;
    const int number = texts_.find(text);
    if (number < 0) return result;
    const Named& named = named_[static_cast<std::size_t>(number)];
    for (const int account : {named.by_id, named.by_login, named.by_email, named.by_alias, named.by_folded_id}) {
      if (account >= 0) return account;
      if (account == ambiguous) result = ambiguous;
    }
    return result;
  }

 private:
  /// Whom a text names, by what it is of them, best first.
  struct Named {
    int by_id = unknown, by_login = unknown, by_email = unknown, by_alias = unknown, by_folded_id = unknown;
  };

  NumberedTexts texts_;
  Arena folded_;
  std::vector<Named> named_;  ///< by number of the text

  /// The number of the text once it is folded; `own` is that of the text itself.
  int folded(std::string_view text, int own) {
    const auto stays = [](char c) { return static_cast<unsigned char>(c) < 0x80 && lower(c) == c; };
    if (std::all_of(text.begin(), text.end(), stays)) return own;
    return number(folded_.keep(fold_case(text)));
  }
  /// -1 for the empty text, which names nobody.
  int number(std::string_view text) {
    if (text.empty()) return -1;
    const int number = texts_.add_lasting(text);
    if (static_cast<std::size_t>(number) == named_.size()) named_.emplace_back();
    return number;
  }
  void note(int number, int Named::*how, int index) {
    if (number < 0) return;
    int& account = named_[static_cast<std::size_t>(number)].*how;
    if (account == unknown) account = index;
    if (account != index) account = ambiguous;
  }
};

AccountIndex::AccountIndex(const Fleet& fleet) {
  std::map<std::pair<int, std::string_view>, std::size_t> counts;
  for (const Account& account : fleet.accounts) ++counts[{account.org, account.vendor}];
  for (const auto& [key, count] : counts) {
    Names* names = by_vendor_[{key.first, std::string(key.second)}] = add_names();
    names->reserve(count);
  }
  Names* names = nullptr;
  const Account* previous = nullptr;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    const Account& account = fleet.accounts[i];
    if (previous == nullptr || previous->org != account.org || previous->vendor != account.vendor)
      names = by_vendor_.at({account.org, std::string(account.vendor)});
    names->put(account, static_cast<int>(i));
    previous = &account;
  }
  std::map<int, Names*> mixed;  // orgs with several vendors
  for (const auto& [key, own] : by_vendor_)
    if (const auto [at, fresh] = by_org_.try_emplace(key.first, own); !fresh && mixed[key.first] == nullptr)
      at->second = mixed[key.first] = add_names();
  for (std::size_t i = 0; i < fleet.accounts.size() && !mixed.empty(); ++i)
    if (const auto all = mixed.find(fleet.accounts[i].org); all != mixed.end())
      all->second->put(fleet.accounts[i], static_cast<int>(i));
}

AccountIndex::~AccountIndex() = default;

AccountIndex::Names* AccountIndex::add_names() { return names_.emplace_back(std::make_unique<Names>()).get(); }

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
