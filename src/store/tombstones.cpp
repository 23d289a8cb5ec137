// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA-256 of identity keys under a random key that never leaves the store.
#include "store/tombstones.hpp"

#include <algorithm>

#include "base/keyed_hash.hpp"

namespace seatlint {
namespace {

constexpr std::string_view key_setting = "forget_key";
constexpr std::size_t key_bytes = 32;

std::string token_of(const std::string& key, const IdentityKey& identity) {
  return hmac_sha256_hex(key, std::string(1, identity.kind) + '\n' + identity.scope + '\n' + identity.value);
}

IdentityKey text_key(std::string_view text) { return {'n', {}, fold_case(trim(text)), false}; }

}  // namespace

Tombstones::Tombstones(const Store& store) : key_(store.setting(std::string(key_setting)).value_or("")) {
  Statement row = store.database().prepare("SELECT token FROM forgotten");
  while (row.step()) tokens_.emplace(row.text(0));
}

bool Tombstones::known(const IdentityKey& key) const { return tokens_.contains(token_of(key_, key)); }

bool Tombstones::person(std::string_view vendor, const Identity& identity) const {
  if (empty()) return false;
  const std::vector<IdentityKey> keys = identity_keys(vendor, identity);
  const bool any_strong = std::any_of(keys.begin(), keys.end(), [](const IdentityKey& key) { return key.strong; });
  return std::any_of(keys.begin(), keys.end(),
                     [&](const IdentityKey& key) { return key.strong == any_strong && known(key); });
}

bool Tombstones::mention(std::string_view vendor, std::string_view text) const {
  if (empty()) return false;
  Identity named;
  named.id = named.login = named.hr_id = text;
  return known(text_key(text)) || person(vendor, named);
}

std::int64_t Tombstones::add(Store& store, const std::set<IdentityKey>& keys, const std::set<std::string>& texts) {
  if (!store.setting(std::string(key_setting))) store.set_setting(std::string(key_setting), random_hex(key_bytes));
  const std::string key = *store.setting(std::string(key_setting));
  const std::int64_t before = store.database().integer("SELECT count(*) FROM forgotten");
  Statement row = store.database().prepare("INSERT INTO forgotten VALUES (?1) ON CONFLICT DO NOTHING");
  for (const IdentityKey& identity : keys) row.bind(1, std::string_view(token_of(key, identity))).run();
  for (const std::string& text : texts) row.bind(1, std::string_view(token_of(key, text_key(text)))).run();
  return store.database().integer("SELECT count(*) FROM forgotten") - before;
}

}  // namespace seatlint
