// SPDX-License-Identifier: Apache-2.0
// Erasure: one person out of every table, and out of the file's free space and its write-ahead log.
#pragma once

#include <string>
#include <vector>

#include "store/person.hpp"
#include "store/store.hpp"

namespace seatlint {

struct Erasure {
  std::int64_t user_rows = 0, hr_rows = 0;
  std::int64_t log_identities = 0;
  std::int64_t audited_seats = 0;  ///< names of seats in recorded audits
  std::int64_t mentions = 0;       ///< texts of other records that named the person, e.g. as a manager
  std::int64_t tombstones = 0;     ///< new ones
  std::vector<std::string> files;
  bool nothing() const { return user_rows + hr_rows + log_identities + audited_seats + mentions == 0; }
};

/// Removes the person in one transaction, leaves keyed tombstones and seals what changed. Throws Error where the store
/// is not as it was sealed. With `dry_run` the transaction is rolled back.
Erasure erase_person(Store& store, const std::string& user, Day today, bool dry_run);

/// Rewrites the file and truncates its log, so that nothing erased is left on free pages. Throws "try again" where
/// another process still reads the store.
void scrub(const Store& store);

}  // namespace seatlint
