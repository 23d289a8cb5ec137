// SPDX-License-Identifier: Apache-2.0
// What accounts hold into seats.
#pragma once

#include <vector>

#include "fleet/accounts.hpp"

namespace seatlint {

/// Fills fleet.seats, in the order of the accounts, and each account's list of them. `owners`: by account, the node
/// that holds all its assignments and licenses. All these products must stand in fleet.products already.
void add_seats(Fleet& fleet, const std::vector<const AccountNode*>& owners, ProductTable& products,
               const GrantedRights& rights);

/// True when this state of an account frees a seat of this product. Of a product no catalog knows it does what it
/// does for every base in the catalog of the vendor whose export names it.
bool released(const Catalog& catalog, std::string_view vendor, const Product* product, AccountState state);

}  // namespace seatlint
