// SPDX-License-Identifier: Apache-2.0
// Only what a catalog reserves to class integration counts; whatever else a program could use is a tier question.
#include "rules/integration_license.hpp"

namespace seatlint {

std::optional<IntegrationLicense> integration_license(const SeatCase& seat) {
  const Fleet& fleet = seat.fleet;
  const UnitPrice now = unit_price(fleet, seat.account.org, seat.seat.product);
  std::optional<IntegrationLicense> cheapest;
  for (std::size_t i = 0; i < fleet.products.size(); ++i) {
    const FleetProduct& product = fleet.products[i];
    if (product.known == nullptr || product.vendor != seat.product.vendor || !product.known->offered) continue;
    if (product.known->classes != std::vector{AccountClass::integration}) continue;
    // A feature that no license of the vendor is known to grant is none that this one lacks.
    if ((seat.features_used & seat.product.grants & ~product.grants & ~product.conditional).any()) continue;
    const UnitPrice price = unit_price(fleet, seat.account.org, static_cast<int>(i));
    const bool comparable = price.money && now.money && now.money->currency == price.money->currency;
    if (price.money && (!comparable || now.money->minor <= price.money->minor)) continue;
    const bool better = !cheapest || (price.money && (!cheapest->price || price.money->minor < cheapest->price->minor));
    if (better) cheapest = IntegrationLicense{static_cast<int>(i), price.money};
  }
  return cheapest;
}

}  // namespace seatlint
