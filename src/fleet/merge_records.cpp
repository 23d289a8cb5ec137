// SPDX-License-Identifier: Apache-2.0
// See merge_records.hpp.
#include "fleet/merge_records.hpp"

#include <algorithm>
#include <vector>

namespace seatlint {
namespace {

LastActivity later(const LastActivity& a, const LastActivity& b) {
  const auto rank = [](const LastActivity& value) {
    switch (value.kind) {
      case LastActivity::Kind::on:
        return 3;
      case LastActivity::Kind::before:
        return 2;
      case LastActivity::Kind::never:
        return 1;
      case LastActivity::Kind::absent:
        break;
    }
    return 0;
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b) ? a : b;
  return a.day < b.day ? b : a;
}

/// Those of the first list, and those of the second that it lacks.
ListRef<std::string_view> joined(ListRef<std::string_view> first, ListRef<std::string_view> second, Arena& memory) {
  std::vector<std::string_view> all(first.begin(), first.end());
  for (const std::string_view text : second)
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
  return all.size() == first.size() ? first : memory.keep_list<std::string_view>(all);
}

}  // namespace

Account* lasting_copy(const Account& account, Arena& memory) {
  auto* copy = new (memory.room<Account>(1)) Account(account);
  if (account.told_more != nullptr) copy->told_more = new (memory.room<AccountMore>(1)) AccountMore(*account.told_more);
  return copy;
}

void merge_record(AccountNode& into, const AccountNode& from, Arena& memory) {
  if (!into.account_class) into.account_class = from.account_class;
  if (!into.state) into.state = from.state;
  into.last_activity = later(into.last_activity, from.last_activity);
  into.has_further_ids |= from.has_further_ids;
  if (into.account == nullptr) return;
  Account& account = *into.account;
  fill_blanks(account, *from.account, memory);
  if (from.account->told_more != nullptr) {
    AccountMore& more = more_of(account, memory);
    more.aliases = joined(more.aliases, from.account->told_more->aliases, memory);
    more.roles = joined(more.roles, from.account->told_more->roles, memory);
  }
  if (!account.created) account.created = from.account->created;
  account.key = key_of(account.identity);
}

}  // namespace seatlint
