// SPDX-License-Identifier: Apache-2.0
// The cheapest set of products that does what an account needs: an exact minimum, never a ladder step.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "seatlint/fleet.hpp"

namespace seatlint {

/// One product that may be in the set. Numbers in `bases` and `excludes` are positions in TierProblem::offers.
struct Offer {
  int product = 0;         ///< the caller's own number; not looked at
  std::int64_t price = 0;  ///< minor units, not negative, all of one currency
  FeatureSet grants;
  bool held = false;        ///< one of the seats judged
  bool needs_base = false;  ///< at least one of `bases` must be in the set, too
  std::vector<int> bases, excludes;
};

/// `offers` stand in the order of their product ids: the order settles the last ties.
struct TierProblem {
  std::vector<Offer> offers;
  FeatureSet needed;  ///< sign-in included
};

struct TierChoice {
  std::vector<int> offers;  ///< positions, ascending
  std::int64_t cost = 0;
  int changes = 0;  ///< offers added to or dropped from those held
};

/// The set that grants everything needed at the least cost; equal costs are broken by fewest changes, then fewest
/// products, then the list of positions, lexicographically. nullopt: no set does.
std::optional<TierChoice> cheapest_set(const TierProblem& problem);

}  // namespace seatlint
