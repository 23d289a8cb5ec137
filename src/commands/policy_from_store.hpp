// SPDX-License-Identifier: Apache-2.0
// A policy that already names what the exports hold, so that only prices and quantities are left to fill in.
#pragma once

#include <string>

#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

/// The template of `vendor` (empty: the one with the most seats), then a contract for each product found and, as
/// comments, roles as the accounts' titles or departments suggest them. The text is a valid policy.
std::string policy_from_store(const Store& store, const Policy& policy, const Catalog& catalog, Day today,
                              std::string vendor);

}  // namespace seatlint
