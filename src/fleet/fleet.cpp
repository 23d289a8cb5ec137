// SPDX-License-Identifier: Apache-2.0
// Small questions a fleet answers about itself.
#include "seatlint/fleet.hpp"

#include <algorithm>
#include <tuple>

#include "base/in_parallel.hpp"
#include "fleet/accounts.hpp"
#include "ingest/activity_block.hpp"

namespace seatlint {

int Fleet::feature_bit(std::string_view id) const {
  if (id == sign_in_feature) return 0;
  const auto at = std::lower_bound(features.begin() + 1, features.end(), id);
  return at != features.end() && *at == id ? static_cast<int>(at - features.begin()) : -1;
}

int Fleet::org_index(std::string_view name) const {
  const auto at = std::find_if(orgs.begin(), orgs.end(), [&](const FleetOrg& org) { return org.name == name; });
  return at == orgs.end() ? -1 : static_cast<int>(at - orgs.begin());
}

int Fleet::product_index(std::string_view id) const {
  const auto at =
      std::lower_bound(products.begin(), products.end(), id,
                       [](const FleetProduct& product, std::string_view wanted) { return product.id < wanted; });
  return at != products.end() && at->id == id ? static_cast<int>(at - products.begin()) : -1;
}

namespace {

Proof proof_of(const LoggedBlock& block, const PackedFact& fact) {
  const auto [first_line, last_line] = fact.proven_by();
  return {block.file, fact.first, fact.last, first_line, last_line};
}

void sort_proofs(std::vector<Proof>& proofs) {
  std::sort(proofs.begin(), proofs.end(), [](const Proof& a, const Proof& b) {
    return std::tie(a.file, b.last, a.last_line, a.first_line) < std::tie(b.file, a.last, b.last_line, b.first_line);
  });
}

/// The newest of its days up to `until`, which the first is.
Day newest_day(const PackedFact& fact, Day until) {
  if (fact.last <= until) return fact.last;
  DayBits days;
  fact.add_to(days);
  return *days.last_until(until);
}

}  // namespace

std::vector<Proof> proofs_of(const Fleet& fleet, const Account& account, int action) {
  std::vector<Proof> proofs;
  for (const LoggedBlock& block : account.blocks) {
    const std::vector<int>& actions = fleet.log_actions[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);)
      if (fact.first <= fleet.as_of && actions.at(fact.action) == action) proofs.push_back(proof_of(block, fact));
  }
  sort_proofs(proofs);
  return proofs;
}

LastUses last_uses(const Fleet& fleet, const Account& account, std::string_view vendor) {
  LastUses uses;
  Proof human, machine;  // of the newest so far
  for (const LoggedBlock& block : account.blocks) {
    const std::vector<int>& actions = fleet.log_actions[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);) {
      if (fleet.as_of < fact.first) continue;
      const int number = actions.at(fact.action);
      const FleetAction& action = fleet.actions[static_cast<std::size_t>(number)];
      if (!vendor.empty() && action.vendor != vendor) continue;
      LastUse& last = action.machine ? uses.machine : uses.human;
      // Of one day's actions the first is told of.
      const Day day = newest_day(fact, fleet.as_of);
      if (last.action >= 0 && (day < last.day || (day == last.day && last.action <= number))) continue;
      last.day = day;
      last.action = number;
      (action.machine ? machine : human) = proof_of(block, fact);
    }
  }
  for (const auto& [last, proof] : {std::pair(&uses.human, &human), std::pair(&uses.machine, &machine)}) {
    if (last->action < 0) continue;
    last->proofs = account.blocks.several() ? proofs_of(fleet, account, last->action) : std::vector<Proof>{*proof};
  }
  return uses;
}

std::optional<Day> last_logged(const Fleet& fleet, const Account& account, std::string_view vendor, Day until) {
  std::optional<Day> newest;
  for (const LoggedBlock& block : account.blocks) {
    const std::vector<int>& actions = fleet.log_actions[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);) {
      const FleetAction& action = fleet.actions[static_cast<std::size_t>(actions.at(fact.action))];
      if (until < fact.first || (newest && fact.last <= *newest) || action.vendor != vendor) continue;
      newest = std::max(newest, std::optional(newest_day(fact, until)));
    }
  }
  return newest;
}

std::vector<Proof> proofs_of(const Fleet& fleet, const UnknownActor& stranger) {
  std::vector<Proof> proofs;
  for (const LoggedBlock& block : stranger.blocks) {
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);)
      if (fact.first <= fleet.as_of) proofs.push_back(proof_of(block, fact));
  }
  const auto newest = [&](const Proof& proof) { return proof.last <= fleet.as_of ? proof.last : proof.first; };
  std::sort(proofs.begin(), proofs.end(), [&](const Proof& a, const Proof& b) {
    return std::tuple(newest(b), a.file, a.last_line, a.first_line) <
           std::tuple(newest(a), b.file, b.last_line, b.first_line);
  });
  return proofs;
}

std::set<std::pair<int, std::string_view>> with_column(const Fleet& fleet) {
  std::vector<std::set<std::pair<int, std::string_view>>> by_part(part_count(fleet.accounts.size(), fewest_accounts));
  in_pieces(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
    std::pair<int, SharedText> known{-1, {}};  // mostly that of the next one, too
    for (std::size_t i = first; i < last; ++i) {
      const Account& account = fleet.accounts[i];
      const std::pair<int, SharedText> source{account.org, account.vendor};
      if (source == known || !account.column_until) continue;
      by_part[part].insert(source);
      known = source;
    }
  });
  for (std::size_t part = 1; part < by_part.size(); ++part) by_part.front().merge(by_part[part]);
  return by_part.front();
}

std::vector<std::size_t> accounts_that(const Fleet& fleet, const std::function<bool(const Account&)>& asks) {
  return those_in_parallel(fleet.accounts.size(), fewest_accounts,
                           [&](std::size_t i) { return asks(fleet.accounts[i]); });
}

bool valid_on(const EntitlementLine& line, Day day) {
  return (!line.term_start || *line.term_start <= day) && (!line.term_end || day <= *line.term_end);
}

UnitPrice unit_price(const Fleet& fleet, int org, int product) {
  UnitPrice price;
  for (const EntitlementLine& line : fleet.lines) {
    if (line.org != org || line.product != product || !line.unit_price || !valid_on(line, fleet.as_of)) continue;
    const bool first = !price.money;
    // Across currencies there is no "dearer": the policy's own currency goes first, then the alphabet.
    const auto rank = [&](const Money& money) {
      return std::pair(money.currency != fleet.policy->currency, money.currency);
    };
    if (first || rank(*line.unit_price) < rank(*price.money) ||
        (line.unit_price->currency == price.money->currency && line.unit_price->minor > price.money->minor))
      price = {line.unit_price, true, "contract"};
  }
  if (price.money) return price;
  const Product* known = fleet.products[static_cast<std::size_t>(product)].known;
  if (known == nullptr) return price;
  for (const ListPrice& list : known->list_prices)
    if (list.money.currency == fleet.policy->currency || known->list_prices.size() == 1)
      price = {
          list.money, false,
          "list" + (list.as_of ? " " + to_string(*list.as_of) : "") + (list.source.empty() ? "" : ", " + list.source)};
  return price;
}

}  // namespace seatlint
