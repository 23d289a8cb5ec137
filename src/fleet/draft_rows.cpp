// SPDX-License-Identifier: Apache-2.0
// See draft_rows.hpp.
#include "fleet/draft_rows.hpp"

#include <algorithm>
#include <new>

#include "store/user_block.hpp"

namespace seatlint {
namespace {

template <typename Text>
std::string_view key_in(const BasicIdentity<Text>& identity) {
  if (!identity.id.empty()) return identity.id;
  return identity.login.empty() ? identity.email : identity.login;
}

}  // namespace

template <typename Text>
void DraftRows::add_row(const BasicUserRow<Text>& row, std::uint64_t line) {
  const std::string_view key = key_in(row.identity);
  if (key.empty()) return;
  Row& draft = rows_.emplace_back();
  AccountNode& node = draft.node;
  draft.key_hash = NumberedTexts::hash_of(key);
  node.record = {file_, line};
  if (kept_ == Kept::past) {
    draft.key = own_.keep(key);
  } else {
    node.account = account_of(row);
    draft.key = node.account->key = key_of(node.account->identity);
    node.has_further_ids = std::any_of(row.identity.aliases.begin(), row.identity.aliases.end(),
                                       [](std::string_view alias) { return alias.find('@') == alias.npos; });
  }
  node.account_class = row.account_class;
  node.state = row.state;
  node.last_activity = row.last_activity;
  draft.profile_ref = kept_ == Kept::past ? memory_.keep(row.profile_ref) : kept(row.profile_ref);
  draft.has_products = row.has_products;
  draft.products = row.products.size();
  draft.group_products = row.group_products.size();
  if (row.license_id) draft.license_id.emplace(*row.license_id);
  add_names(row.products);
  add_names(row.group_products);
}

template <typename Text>
ListRef<std::string_view> DraftRows::kept(const std::vector<Text>& texts) {
  std::vector<std::string_view> list;
  for (const Text& text : texts) list.push_back(kept(text));
  return memory_.keep_list<std::string_view>(list);
}

template <typename Text>
Account* DraftRows::account_of(const BasicUserRow<Text>& row) {
  Arena& memory = kept_ == Kept::account ? memory_ : own_;
  auto* into = new (memory.room<Account>(1)) Account;
  AccountIdentity& identity = into->identity;
  identity.id = kept(row.identity.id);
  identity.login = kept(row.identity.login);
  identity.email = row.identity.email == row.identity.login ? identity.login : TextRef(kept(row.identity.email));
  into->org = org_;
  into->shown = kept(row.shown);
  into->name = kept(row.name);
  into->title = kept(row.title);
  into->department = kept(row.department);
  into->created = row.created;
  const BasicIdentity<Text>& who = row.identity;
  for (const Text* text : {&who.federation_id, &who.hr_id, &row.manager, &row.cost_center, &row.profile_name})
    if (!text->empty()) more_of(*into, memory);
  if (!who.aliases.empty() || !row.roles.empty()) more_of(*into, memory);
  if (AccountMore* more = into->told_more; more != nullptr) {
    more->aliases = kept(who.aliases);
    more->roles = kept(row.roles);
    more->federation_id = kept(who.federation_id);
    more->hr_id = kept(who.hr_id);
    more->manager = kept(row.manager);
    more->cost_center = kept(row.cost_center);
    more->profile_name = kept(row.profile_name);
  }
  return into;
}

template <typename Text>
void DraftRows::add_names(const std::vector<Text>& products) {
  for (const Text& text : products) {
    if (!names_.empty() && texts_[names_.back()] == text) {
      names_.push_back(names_.back());
      continue;
    }
    auto at = numbers_.find(text);
    if (at == numbers_.end()) {
      at = numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size())).first;
      texts_.emplace_back(text);
    }
    names_.push_back(at->second);
  }
}

void DraftRows::add_block(std::string_view block) {
  UserView row;
  std::uint64_t line = 0;
  const auto add_all = [&](UserBlockReader reader) {
    while (reader.next(row, line)) add_row(row, line);
  };
  kept_ == Kept::past ? add_all(UserBlockReader(block)) : add_all(UserBlockReader(block, memory_));
}

template void DraftRows::add_row(const UserRow&, std::uint64_t);

}  // namespace seatlint
