// SPDX-License-Identifier: Apache-2.0
// Which keys are worth trusting beyond their own system: the line is drawn here and nowhere else.
#include "store/identity_keys.hpp"

#include <algorithm>

namespace seatlint {
namespace {

/// Salesforce ids have 15 or 18 characters, GUIDs 36: nobody else's id by accident. Row numbers are.
constexpr std::size_t long_id = 15;

void add(std::vector<IdentityKey>& keys, char kind, std::string_view vendor, std::string_view value) {
  if (value.empty()) return;
  std::string folded = fold_case(trim(value));
  const bool mail = folded.find('@') != std::string::npos;
  if (mail) {
    keys.push_back({'m', {}, std::move(folded), true});
  } else if (kind == 'f') {
    keys.push_back({'f', {}, std::move(folded), true});
  } else if (kind == 'h') {
    keys.push_back({'h', {}, std::move(folded), false});
  } else if (folded.size() >= long_id) {
    // Logs without a column for ids write them where logins stand.
    keys.push_back({'i', {}, std::move(folded), true});
  } else {
    keys.push_back({kind, std::string(vendor), std::move(folded), false});
  }
}

}  // namespace

std::vector<IdentityKey> identity_keys(std::string_view vendor, const Identity& identity) {
  std::vector<IdentityKey> keys;
  add(keys, 'i', vendor, identity.id);
  add(keys, 'l', vendor, identity.login);
  add(keys, 'l', vendor, identity.email);
  for (const std::string& alias : identity.aliases) {
    add(keys, 'i', vendor, alias);
    add(keys, 'l', vendor, alias);
  }
  add(keys, 'f', vendor, identity.federation_id);
  add(keys, 'h', vendor, identity.hr_id);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace seatlint
