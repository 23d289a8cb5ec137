// SPDX-License-Identifier: Apache-2.0
// Why one account's seats have their verdicts, as text for a person.
#pragma once

#include <iosfwd>

#include "seatlint/rules.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Every seat with its way down the verdict table, what proves it, what would change it; then what else was found about
/// the account, and its activity. The proofs of the account must be loaded.
void explain_account(const Store& store, const Fleet& fleet, const Judged& judged, int account, std::ostream& out);

}  // namespace seatlint
