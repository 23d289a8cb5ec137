// SPDX-License-Identifier: Apache-2.0
// Facts of a seat that need neither logs nor prices.
#include "rules/seat_facts.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace seatlint {
namespace {

bool released_by(const FleetProduct& product, AccountState state) {
  if (!product.known) return false;
  const auto& states = product.known->released_by;
  return std::find(states.begin(), states.end(), state) != states.end();
}

const Account& account_of(const Fleet& fleet, const Seat& seat) {
  return fleet.accounts[static_cast<std::size_t>(seat.account)];
}
const FleetProduct& product_at(const Fleet& fleet, int at) { return fleet.products[static_cast<std::size_t>(at)]; }

}  // namespace

bool has_departed(const Fleet& fleet, const Account& account, const FleetProduct& product) {
  if (account.hr().last_day && *account.hr().last_day <= fleet.as_of) return true;
  return account.state == AccountState::deleted && !released_by(product, AccountState::deleted);
}

bool is_locked_out(const Account& account, const FleetProduct& product) {
  return account.state != AccountState::active && !released_by(product, account.state);
}

Setting for_share(Setting idle_days, int share) {
  if (share >= 100) return idle_days;
  idle_days.origin = fmt::format("{} at {} % part-time; {}", idle_days.value, share, idle_days.origin);
  idle_days.value = (idle_days.value * 100 + share - 1) / share;
  return idle_days;
}

bool is_on_leave(const Fleet& fleet, const Account& account) {
  return std::any_of(account.hr().leaves.begin(), account.hr().leaves.end(),
                     [&](const DayRange& leave) { return leave.contains(fleet.as_of); });
}

bool is_open(const FleetIndex& index, const Seat& seat) {
  const Fleet& fleet = index.fleet();
  const Account& account = account_of(fleet, seat);
  const FleetProduct& product = product_at(fleet, seat.product);
  return !index.product(seat.product).free && !has_departed(fleet, account, product) &&
         !is_locked_out(account, product);
}

bool holds_base(const FleetIndex& index, const Seat& seat) {
  const Fleet& fleet = index.fleet();
  const ProductFacts& facts = index.product(seat.product);
  const auto& held = account_of(fleet, seat).seats;
  return std::any_of(held.begin(), held.end(), [&](int other) {
    const int product = fleet.seats[static_cast<std::size_t>(other)].product;
    if (facts.any_base) {
      const ProductFacts& base = index.product(product);
      return product != seat.product && base.sign_in && base.vendor == facts.vendor;
    }
    return std::find(facts.bases.begin(), facts.bases.end(), product) != facts.bases.end();
  });
}

FeatureSet own_features(const FleetIndex& index, const Seat& seat) {
  const Fleet& fleet = index.fleet();
  const FleetProduct& product = product_at(fleet, seat.product);
  FeatureSet own = product.grants | product.conditional;
  for (int other : account_of(fleet, seat).seats) {
    const int held = fleet.seats[static_cast<std::size_t>(other)].product;
    if (held != seat.product) own &= ~product_at(fleet, held).grants;
  }
  return own;
}

const FleetProduct* paid_sibling(const FleetIndex& index, const Seat& seat) {
  const Fleet& fleet = index.fleet();
  const Product* known = product_at(fleet, seat.product).known;
  if (!known || known->kind != ProductKind::trial || known->family.empty()) return nullptr;
  for (int other : account_of(fleet, seat).seats) {
    const int held = fleet.seats[static_cast<std::size_t>(other)].product;
    const FleetProduct& product = product_at(fleet, held);
    if (product.known && !index.product(held).free && product.known->family == known->family) return &product;
  }
  return nullptr;
}

}  // namespace seatlint
