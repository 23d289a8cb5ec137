// SPDX-License-Identifier: Apache-2.0
// Compares seats with each other: who used the product last, and which product grants all that another one does.
#include "rules/rivals.hpp"

#include <algorithm>
#include <tuple>

#include "rules/activity.hpp"
#include "rules/seat_facts.hpp"

namespace seatlint {
namespace {

const Seat& seat_at(const Fleet& fleet, int at) { return fleet.seats[static_cast<std::size_t>(at)]; }
const Account& account_at(const Fleet& fleet, int at) { return fleet.accounts[static_cast<std::size_t>(at)]; }

/// The accounts of each person who has several, person by person.
std::vector<std::pair<int, int>> shared_persons(const Fleet& fleet) {
  if (static_cast<std::size_t>(fleet.persons) == fleet.accounts.size()) return {};  // one each
  std::vector<int> count;
  for (const Account& account : fleet.accounts) {
    if (account.person < 0) continue;
    const auto at = static_cast<std::size_t>(account.person);
    if (at >= count.size()) count.resize(at + 1, 0);
    ++count[at];
  }
  std::vector<std::pair<int, int>> out;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i) {
    const int person = fleet.accounts[i].person;
    if (person >= 0 && count[static_cast<std::size_t>(person)] > 1) out.emplace_back(person, static_cast<int>(i));
  }
  std::sort(out.begin(), out.end());
  return out;
}

struct Rival {
  int org, product, account, seat;
  std::optional<Day> used;
};

void settle(const Fleet& fleet, std::vector<Rival>& rivals, Losers& losers) {
  std::sort(rivals.begin(), rivals.end(), [&](const Rival& a, const Rival& b) {
    if (std::tie(a.org, a.product) != std::tie(b.org, b.product))
      return std::tie(a.org, a.product) < std::tie(b.org, b.product);
    if (a.used != b.used) return a.used > b.used;
    return std::tie(account_at(fleet, a.account).key, a.seat) < std::tie(account_at(fleet, b.account).key, b.seat);
  });
  const Rival* kept = nullptr;
  for (const Rival& rival : rivals) {
    if (!kept || std::tie(kept->org, kept->product) != std::tie(rival.org, rival.product)) {
      kept = &rival;
    } else if (rival.account != kept->account) {
      losers[rival.seat] = {kept->account, false};
    }
  }
}

bool covers(const FleetIndex& index, int better, int worse) {
  const FleetProduct& b = index.fleet().products[static_cast<std::size_t>(better)];
  const FleetProduct& w = index.fleet().products[static_cast<std::size_t>(worse)];
  return (w.grants & ~b.grants).none();
}

/// Cheaper first, unpriced last, then the lower product id. Prices in different currencies do not compare.
bool kept_before(const FleetIndex& index, int org, int a, int b) {
  const auto &pa = index.price(org, a).money, &pb = index.price(org, b).money;
  if (pa.has_value() != pb.has_value()) return pa.has_value();
  if (pa && pa->currency == pb->currency && pa->minor != pb->minor) return pa->minor < pb->minor;
  return a < b;
}

}  // namespace

Losers find_duplicates(const FleetIndex& index) {
  const Fleet& fleet = index.fleet();
  Losers losers;
  std::vector<Rival> rivals;
  int person = -1;
  for (const auto& [owner, at] : shared_persons(fleet)) {
    if (owner != person) settle(fleet, rivals, losers), rivals.clear();
    person = owner;
    const Account& account = account_at(fleet, at);
    std::optional<Day> used;
    bool asked = false;
    for (int seat : account.seats) {
      if (!is_open(index, seat_at(fleet, seat))) continue;
      if (!asked) used = last_human(fleet, account), asked = true;
      rivals.push_back({account.org, seat_at(fleet, seat).product, at, seat, used});
    }
  }
  settle(fleet, rivals, losers);
  return losers;
}

Losers find_redundant(const FleetIndex& index, const Account& account, const Losers& duplicates) {
  Losers losers;
  if (account.seats.size() < 2) return losers;
  const Fleet& fleet = index.fleet();
  std::vector<int> open;  // one seat a product: the one that stays
  for (int at : account.seats) {
    const Seat& seat = seat_at(fleet, at);
    if (duplicates.count(at) || !is_open(index, seat)) continue;
    const auto same = std::find_if(open.begin(), open.end(),
                                   [&](int other) { return seat_at(fleet, other).product == seat.product; });
    if (same == open.end()) {
      open.push_back(at);
      continue;
    }
    int loser = at;  // a group's assignment stays: taking off the direct one is what an admin can do
    if (seat.by_group && !seat_at(fleet, *same).by_group) std::swap(loser, *same);
    losers[loser] = {seat.product, seat_at(fleet, *same).by_group};
  }
  for (int at : open) {
    const int product = seat_at(fleet, at).product;
    const ProductFacts& facts = index.product(product);
    if (!facts.known || !facts.grants_known) continue;
    // An add-on whose features no catalog can name is not covered by everything.
    const bool silent = fleet.products[static_cast<std::size_t>(product)].grants.none();
    if (silent && !facts.observable) continue;
    for (int other : open) {
      const int better = seat_at(fleet, other).product;
      if (other == at || !index.product(better).known || index.product(better).vendor != facts.vendor) continue;
      if (!covers(index, better, product)) continue;
      if (covers(index, product, better) && index.product(better).grants_known &&
          !kept_before(index, account.org, better, product))
        continue;
      losers[at] = {better, false};
      break;
    }
  }
  return losers;
}

}  // namespace seatlint
