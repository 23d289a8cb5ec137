// SPDX-License-Identifier: Apache-2.0
// What accounts hold into seats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fleet/accounts.hpp"

namespace seatlint {

/// By account, the node that holds all its assignments and licenses.
struct Owners {
  const std::vector<AccountNode>& nodes;
  std::vector<std::uint32_t> numbers{};  ///< indexes into `nodes`

  const AccountNode& operator[](std::size_t account) const { return nodes[numbers[account]]; }
};

/// Fills fleet.seats, in the order of the accounts, and each account's list of them. All products that accounts hold
/// must stand in fleet.products already.
void add_seats(Fleet& fleet, const Owners& owners, ProductTable& products, const GrantedRights& rights);

/// True when this state of an account frees a seat of this product. Of a product no catalog knows it does what it
/// does for every base in the catalog of the vendor whose export names it.
bool released(const Catalog& catalog, std::string_view vendor, const Product* product, AccountState state);

}  // namespace seatlint
