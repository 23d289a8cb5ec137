// SPDX-License-Identifier: Apache-2.0
// What was bought: contract lines of the policy and of files, and counts where no contract is known.
#pragma once

#include <vector>

#include "fleet/product_table.hpp"
#include "seatlint/fleet.hpp"
#include "store/store.hpp"

namespace seatlint {

/// A line before its product has an index in the fleet.
struct DraftLine {
  EntitlementLine line;
  std::string product;  ///< id
  bool count_only = false;
};

/// Lines of the policy and of the given files. Contract lines of one product add up; a count that some vendor page
/// or report states (purchased units on a day) stands in only where no contract line is valid on the audit date.
std::vector<DraftLine> read_entitlements(const Store& store, const Fleet& fleet, ProductTable& products,
                                         const std::vector<int>& files);
/// The lines in force on `day` without the rest of a fleet: org name, product id and line, sorted by org, product, end.
struct LineInForce {
  std::string org, product;
  EntitlementLine line;
};
std::vector<LineInForce> lines_in_force(const Store& store, const Policy& policy, const Catalog& catalog, Day day);
/// Puts the lines into the fleet, sorted; every product must stand in fleet.products already.
void add_entitlements(Fleet& fleet, std::vector<DraftLine> drafts);

}  // namespace seatlint
