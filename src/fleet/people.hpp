// SPDX-License-Identifier: Apache-2.0
// Humans behind accounts: persons, departures, leave, and which accounts are no humans at all.
#pragma once

#include "base/arena.hpp"
#include "fleet/account_index.hpp"
#include "fleet/audit_date.hpp"
#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// Accounts of one org that share an e-mail, a federation id or an HR id get one person number.
void number_persons(Fleet& fleet, const AccountIndex& index);
/// Policy patterns for accounts whose class no export states. Texts go to `memory`.
void classify(Fleet& fleet);
/// Departures and leave of HR files that take part on the audit date; of all records where `only` is null.
void add_hr_facts(const Store& store, Fleet& fleet, const std::vector<int>& files, const Selection* only);
/// The latest of created, first seen, reactivated and back from leave.
void start_clocks(Fleet& fleet);

/// What policy patterns can ask of an account.
Subject subject_of(const Account& account);

}  // namespace seatlint
