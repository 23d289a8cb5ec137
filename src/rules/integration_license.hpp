// SPDX-License-Identifier: Apache-2.0
// What a program under a person's license could run on instead.
#pragma once

#include <optional>

#include "seatlint/rules.hpp"

namespace seatlint {

struct IntegrationLicense {
  int product = 0;
  std::optional<Money> price;  ///< unset: not known, so it is worth a word but no recommendation
};
/// The cheapest product of the seat's vendor that is sold for integrations alone and grants all that was used in the
/// window; priced ones in the currency of the seat's price. nullopt: none is known, or the seat costs no more.
std::optional<IntegrationLicense> integration_license(const SeatCase& seat);

}  // namespace seatlint
