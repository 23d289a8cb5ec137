// SPDX-License-Identifier: Apache-2.0
// See draft_rows.hpp.
#include "fleet/draft_rows.hpp"

#include "store/user_block.hpp"

namespace seatlint {
namespace {

constexpr std::size_t usual_rows = 256;  // of a block

std::string_view key_in(const Identity& identity) {
  if (!identity.id.empty()) return identity.id;
  return identity.login.empty() ? identity.email : identity.login;
}

}  // namespace

void DraftRows::add(const UserRow& row, std::uint64_t line) {
  const std::string_view key = key_in(row.identity);
  if (key.empty()) return;
  Row& draft = rows_.emplace_back();
  AccountNode& node = draft.node;
  draft.key_hash = NumberedTexts::hash_of(key);
  node.date = date_;
  node.evidence = {file_, line, {}};
  if (past_) {
    node.key = keys_.keep(key);
  } else {
    add_attributes(row, node);
  }
  node.row.state = row.state;
  node.row.last_activity = row.last_activity;
  node.row.profile_ref = memory_.keep(row.profile_ref);
  draft.has_products = row.has_products;
  draft.products = row.products.size();
  draft.group_products = row.group_products.size();
  draft.license_id = row.license_id;
  add_names(row.products);
  add_names(row.group_products);
}

void DraftRows::add_attributes(const UserRow& row, AccountNode& node) {
  AccountRow& into = node.row;
  AccountIdentity& identity = into.identity;
  identity.id = memory_.keep(row.identity.id);
  identity.login = memory_.keep(row.identity.login);
  identity.email = row.identity.email == row.identity.login ? identity.login : memory_.keep(row.identity.email);
  identity.federation_id = memory_.keep(row.identity.federation_id);
  identity.hr_id = memory_.keep(row.identity.hr_id);
  for (const std::string& alias : row.identity.aliases) identity.aliases.push_back(memory_.keep(alias));
  into.shown = memory_.keep(row.shown);
  into.name = memory_.keep(row.name);
  into.title = memory_.keep(row.title);
  into.department = memory_.keep(row.department);
  into.manager = memory_.keep(row.manager);
  into.cost_center = memory_.keep(row.cost_center);
  into.profile_name = memory_.keep(row.profile_name);
  into.roles = row.roles;
  into.account_class = row.account_class;
  into.created = row.created;
  node.key = key_of(identity);
}

void DraftRows::add_names(const std::vector<std::string>& products) {
  for (const std::string& text : products) {
    if (!names_.empty() && texts_[names_.back()] == text) {
      names_.push_back(names_.back());
      continue;
    }
    const auto [at, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (fresh) texts_.push_back(text);
    names_.push_back(at->second);
  }
}

void DraftRows::add_block(std::string_view block) {
  UserRow row;
  std::uint64_t line = 0;
  rows_.reserve(rows_.size() + usual_rows);
  for (UserBlockReader reader(block); reader.next(row, line);) add(row, line);
}

}  // namespace seatlint
