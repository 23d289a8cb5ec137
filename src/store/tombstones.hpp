// SPDX-License-Identifier: Apache-2.0
// Whom the store must not take back. Only keyed digests of their identities are kept: a plain digest of an address
// could be found by trying addresses.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "seatlint/forgotten.hpp"
#include "store/identity_keys.hpp"
#include "store/store.hpp"

namespace seatlint {

class Tombstones final : public Forgotten {
 public:
  explicit Tombstones(const Store& store);
  bool empty() const { return tokens_.empty(); }
  /// Any strong key decides; weak ones only where there is no strong one, since another tenant may use them, too.
  bool person(std::string_view vendor, const Identity& identity) const override;
  bool mention(std::string_view vendor, std::string_view text) const override;
  /// Writes tombstones for these keys, and for what records of others call the person, within the caller's transaction;
  /// makes the key where there is none. Returns how many are new.
  static std::int64_t add(Store& store, const std::set<IdentityKey>& keys, const std::set<std::string>& texts);

 private:
  bool known(const IdentityKey& key) const;
  std::string key_;
  std::unordered_set<std::string> tokens_;
};

}  // namespace seatlint
