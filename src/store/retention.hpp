// SPDX-License-Identifier: Apache-2.0
// Retention: what is older than a day leaves the store, and what is left proves only what it still can.
#pragma once

#include "store/store.hpp"

namespace seatlint {

struct Pruned {
  std::int64_t files = 0;     ///< gone as a whole
  std::int64_t records = 0;   ///< of these files, and ended leave
  std::int64_t day_sets = 0;  ///< of somebody's actions that lost days
  bool nothing() const { return files + records + day_sets == 0; }
};

/// Removes, in one transaction, days of activity before `first_kept`, ended leave, and snapshots dated before it but
/// for the newest of each org and profile, which says who holds a seat now. Seals what changed; throws Error where the
/// store is not as it was sealed. With `dry_run` the transaction is rolled back.
Pruned prune(Store& store, Day first_kept, Day today, bool dry_run);

}  // namespace seatlint
