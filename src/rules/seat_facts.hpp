// SPDX-License-Identifier: Apache-2.0
// What is true of a seat without looking at any activity.
#pragma once

#include "rules/fleet_index.hpp"

namespace seatlint {

/// HR says the person has left on the audit date, or the account is deleted and that does not free the seat.
bool has_departed(const Fleet& fleet, const Account& account, const FleetProduct& product);
/// The account cannot sign in, and that does not free the seat.
bool is_locked_out(const Account& account, const FleetProduct& product);
/// Idle days as long as so many per cent of them are working days of somebody in full time: rounded up.
Setting for_share(Setting idle_days, int share);
bool is_on_leave(const Fleet& fleet, const Account& account);
/// Still open after the rows `free`, `departed` and `disabled`.
bool is_open(const FleetIndex& index, const Seat& seat);
/// Attach and add-on: the account holds one of the bases it requires.
bool holds_base(const FleetIndex& index, const Seat& seat);
/// What this product grants, if only under a condition, and no other product of the account does.
FeatureSet own_features(const FleetIndex& index, const Seat& seat);
/// A paid product of the same family on the same account; nullptr: none.
const FleetProduct* paid_sibling(const FleetIndex& index, const Seat& seat);

}  // namespace seatlint
