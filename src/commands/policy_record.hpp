// SPDX-License-Identifier: Apache-2.0
// Which policy and which waivers audits were made with, as entries of the store's chain.
#pragma once

#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Adds an entry where the policy is another one than at the last audit, and one where its waivers are.
void record_policy(Store& store, const Policy& policy);

}  // namespace seatlint
