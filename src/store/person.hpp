// SPDX-License-Identifier: Apache-2.0
// Everything stored about one human: accounts of all files and orgs that share a key, HR records and log identities.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "store/identity_keys.hpp"
#include "store/store.hpp"
#include "store/stored_activity.hpp"

namespace seatlint {

struct StoredPerson {
  struct Row {
    std::int64_t file = 0, line = 0;
  };
  std::vector<Row> user_rows, hr_rows;
  std::vector<BlockKey> log_identities;
  std::vector<std::int64_t> audited_seats;  ///< as recorded audits number them, ascending
  std::set<IdentityKey> keys;
  std::set<std::string> names;  ///< as snapshots show them
  bool empty() const { return user_rows.empty() && hr_rows.empty() && log_identities.empty(); }
};

/// By any identity key. Accounts are one person when they share an address, a federation id, a long vendor id, or,
/// within an org, a vendor id, a login of one vendor or an HR id; never by a name. Throws Error where the key stands
/// for several persons.
StoredPerson find_person(const Store& store, const std::string& user);
/// Logins and addresses in the store near to `user`, for "did you mean".
std::optional<std::string> nearest_identity(const Store& store, const std::string& user);

}  // namespace seatlint
