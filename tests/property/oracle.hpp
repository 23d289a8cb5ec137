// SPDX-License-Identifier: Apache-2.0
// The definitions once more, slow and plain: what an audit of a world must say. Shares no code with the tool.
#pragma once

#include "facts.hpp"

namespace property {

struct Seat {
  std::string org, account, product;  ///< product: id, or the raw name of an unknown one
  const Product* known = nullptr;
  std::size_t holder = 0;    ///< index into OrgFacts::accounts
  bool second_copy = false;  ///< the same product assigned twice to the account
  std::string verdict;       ///< empty until decided
  std::set<std::string> notes;
  std::optional<Price> unit;      ///< dearest valid contract line, else list
  std::optional<long long> cost;  ///< of the contract line this seat fills, else list
  long long saving = 0;           ///< of `downgrade`
  std::vector<std::string> suggest;
  bool waived = false;
};

struct Finding {
  std::string rule, org, account, product;
  std::optional<Price> cost, saving;
  std::vector<std::string> suggest;
  bool waived = false;
};

struct ProductCount {
  std::optional<int> purchased;
  int assigned = 0, used = 0, idle = 0, overprovisioned = 0, mistiered = 0, waived = 0, unjudged = 0, outside = 0;
  std::optional<Price> unit;
};

struct Totals {
  long long contract = 0, used = 0, idle = 0, overprovisioned = 0, tier_excess = 0, unassigned = 0, waived = 0,
            unjudged = 0, outside = 0;
  long long positive_unassigned = 0;
  std::map<Day, long long> reducible;  ///< by the day from which
  long long exposure() const { return idle + overprovisioned + tier_excess + positive_unassigned; }
  long long reassignable() const { return idle + overprovisioned + positive_unassigned; }
  bool balanced() const {
    return contract == used + idle + overprovisioned + tier_excess + unassigned + waived + unjudged + outside;
  }
};

struct Verdicts {
  Day as_of = 0;
  std::vector<Seat> seats;
  std::vector<Finding> findings;
  std::map<std::pair<std::string, std::string>, ProductCount> products;  ///< by org and product
  std::map<std::string, Totals> money;                                   ///< by currency
  std::map<std::string, int> by_verdict;
  int tier_unjudged = 0, tier_unpriced = 0, unpriced_seats = 0;
};

Verdicts judge(const World& world);

// The steps of `judge`, in this order; each needs what the one before filled in.
struct Trial {
  const World& world;
  Facts facts;
  Verdicts result;
  int window() const { return world.window_flag.value_or(world.policy.window); }
};
void judge_seats(Trial& trial);  ///< rows 1 to 12
void judge_tiers(Trial& trial);  ///< rows 13 to 18
void count_money(Trial& trial);

/// The valid contract lines of a product on D, dearest first.
std::vector<const ContractLine*> valid_lines(const World& world, const std::string& org, const std::string& product,
                                             Day as_of);
std::optional<Price> unit_price(const World& world, const std::string& org, const Product& product, Day as_of);
/// "overprovisioned", "idle", "mistiered", or empty.
std::string family_of(const std::string& verdict);
bool is_waived(const Trial& trial, const std::string& verdict, const UserRow& row, const std::string& product);

}  // namespace property
