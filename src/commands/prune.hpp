// SPDX-License-Identifier: Apache-2.0
// `seatlint prune` as a function, and the policy's period of keeping.
#pragma once

#include "commands/command.hpp"
#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

struct PruneOptions {
  std::string keep;
  bool dry_run = false;
};
int run_prune(const PruneOptions& options, Io& io);

/// The first day that a period such as `13mo` keeps; unset for the empty text. Throws Error for what is no period.
std::optional<Day> first_kept_day(const std::string& keep, Day today);
/// What [privacy] keep asks for, after an import: removes what has grown too old, and says so.
void keep_retention(Store& store, const Policy& policy, Io& io);

}  // namespace seatlint
