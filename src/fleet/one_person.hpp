// SPDX-License-Identifier: Apache-2.0
// One person out of a large store, judged as in the whole fleet.
#pragma once

#include <optional>
#include <string>

#include "fleet/load.hpp"

namespace seatlint {

/// Whether `key`, folded, is one of the keys this account goes by.
bool answers_to(const Account& account, const std::string& key);

/// Loads whoever answers to `key` (folded) and what their verdicts rest on: who shares a person, an account or a name
/// in a log with them, whether feeds are alive, and who else holds what may not stand beside theirs. All that is said
/// of the accounts that answer is as in the whole fleet; counts and money of the result mean nothing. Without accounts
/// where nobody answers; nullopt where only the whole fleet tells.
std::optional<Fleet> load_person(const Store& store, const Policy& policy, const Catalog& catalog,
                                 const FleetOptions& options, const std::string& key);

}  // namespace seatlint
