// SPDX-License-Identifier: Apache-2.0
// The store, the policy and the catalog as of one day: the fleet.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatlint/fleet.hpp"
#include "store/selection.hpp"
#include "store/store.hpp"

namespace seatlint {

using Feed = std::pair<std::string, std::string>;  ///< org and vendor
/// A few records that stand for a whole fleet.
struct FleetPart {
  Selection records;
  std::map<Feed, Day> newest;  ///< of anybody's activity, whether or not it is among the records
};

struct FleetOptions {
  std::optional<Day> as_of;  ///< --as-of; unset: the newest day with evidence for every org
  Day today;
  std::string org;  ///< --org; empty: all of them
  const FleetPart* only = nullptr;
};

/// `policy` and `catalog` must outlive the fleet. Throws Error when there is nothing to audit.
Fleet load_fleet(const Store& store, const Policy& policy, const Catalog& catalog, const FleetOptions& options);

}  // namespace seatlint
