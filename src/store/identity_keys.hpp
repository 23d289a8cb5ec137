// SPDX-License-Identifier: Apache-2.0
// What an identity answers to, as keys that can be compared across files: for finding a person and for not taking an
// erased one back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "seatlint/facts.hpp"

namespace seatlint {

/// `strong` keys (addresses, long vendor ids, federation ids) name one person anywhere; others only where they come
/// from.
struct IdentityKey {
  char kind = ' ';    ///< m mail, i id, l login, f federation id, h HR id
  std::string scope;  ///< the vendor of a weak id or login
  std::string value;  ///< case-folded
  bool strong = false;
  auto operator<=>(const IdentityKey&) const = default;
};

std::vector<IdentityKey> identity_keys(std::string_view vendor, const Identity& identity);

}  // namespace seatlint
