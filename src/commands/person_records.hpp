// SPDX-License-Identifier: Apache-2.0
// All that is stored about one person, as values to print, each with the file and line it came from.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "seatlint/policy.hpp"
#include "store/person.hpp"
#include "store/stored_activity.hpp"

namespace seatlint {

/// A record of a snapshot or an HR file: what it says, column by column; empty columns are left out.
struct PersonRecord {
  std::string kind, org, profile, snapshot_date, file;
  std::int64_t line = 0;
  std::vector<std::pair<std::string, std::string>> values;
};

struct PersonRecords {
  std::vector<PersonRecord> records;   ///< sorted by file and line
  std::vector<LoggedAction> activity;  ///< sorted by org, vendor, identity, action
  std::vector<PersonRecord> mentions;  ///< records of others that name the person as manager
};

PersonRecords person_records(const Store& store, const StoredPerson& person);
/// Nothing is stored about `user`, with a guess at who was meant unless the policy hides names.
Error unknown_person(const Store& store, const Policy& policy, const std::string& user);

}  // namespace seatlint
