// SPDX-License-Identifier: Apache-2.0
// Turns an account's seats and needs into a question for the optimizer, and its answer into what the tier rules read.
#include "rules/tier.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace seatlint {
namespace {

bool contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

void append(std::string& key, const void* bytes, std::size_t size) {
  key.append(static_cast<const char*>(bytes), size);
}
void append(std::string& key, int value) { append(key, &value, sizeof value); }
void append(std::string& key, const std::vector<int>& values) {
  append(key, static_cast<int>(values.size()));
  append(key, values.data(), values.size() * sizeof(int));
}

}  // namespace

std::optional<std::int64_t> TierBook::price_in(int org, int product, const std::string& currency) const {
  const UnitPrice& price = index_.price(org, product);
  if (price.money && price.money->currency == currency) return price.money->minor;
  if (price.money && price.contracted) return std::nullopt;
  for (const ListPrice& list : index_.fleet().products[static_cast<std::size_t>(product)].known->list_prices) {
    if (list.money.currency == currency) return list.money.minor;
  }
  return std::nullopt;
}

bool TierBook::may_be_offered(const Question& question, int product, bool held) const {
  const Product* known = index_.fleet().products[static_cast<std::size_t>(product)].known;
  if (!known || index_.product(product).free) return false;
  const auto& classes = known->classes;
  const AccountClass mine = question.account.account_class;
  if (!classes.empty() && std::find(classes.begin(), classes.end(), mine) == classes.end()) return false;
  return held || (known->offered && !known->account_scope && known->per == "user");
}

int TierBook::blocker(const Question& question, int product) const {
  if (contains(question.judged, product)) return -1;
  for (int other : index_.product(product).not_beside) {
    // Who may not stand beside what the account is judged for either is already a neighbor: nothing changes.
    const auto neighbor = [&](int mine) { return contains(index_.product(mine).not_beside, other); };
    if (std::any_of(question.judged.begin(), question.judged.end(), neighbor)) continue;
    const auto own = std::count(question.held.begin(), question.held.end(), other);
    if (index_.holders(question.account.org, other) > own) return other;
  }
  return -1;
}

bool TierBook::has_conditions(const Question& question) const {
  const auto& products = index_.products_of(question.vendor);
  return std::any_of(products.begin(), products.end(), [&](int product) {
    const FleetProduct& facts = index_.fleet().products[static_cast<std::size_t>(product)];
    return (facts.conditional & question.needed).any() || blocker(question, product) >= 0;
  });
}

TierProblem TierBook::problem(const Question& question, bool conditions) const {
  const Fleet& fleet = index_.fleet();
  TierProblem out;
  out.needed = question.needed;
  std::vector<int> position(fleet.products.size(), -1);
  for (int product : index_.products_of(question.vendor)) {
    const bool held = contains(question.held, product);
    if (!may_be_offered(question, product, held)) continue;
    if (!conditions && blocker(question, product) >= 0) continue;
    const FleetProduct& facts = fleet.products[static_cast<std::size_t>(product)];
    if (conditions && !held && !facts.known->grants_known) continue;
    const auto price = price_in(question.account.org, product, question.currency);
    if (!price) continue;
    Offer offer;
    offer.product = product;
    offer.price = *price;
    offer.grants = conditions ? facts.grants | facts.conditional : facts.grants;
    offer.held = contains(question.judged, product);
    offer.needs_base = index_.product(product).extra && !index_.product(product).any_base;
    position[static_cast<std::size_t>(product)] = static_cast<int>(out.offers.size());
    out.offers.push_back(std::move(offer));
  }
  const auto resolve = [&](const std::vector<int>& products, std::vector<int>& into) {
    for (int other : products) {
      if (const int at = position[static_cast<std::size_t>(other)]; at >= 0) into.push_back(at);
    }
  };
  for (Offer& offer : out.offers) {
    const ProductFacts& facts = index_.product(offer.product);
    resolve(facts.bases, offer.bases);
    resolve(facts.excludes, offer.excludes);
    resolve(facts.not_beside, offer.excludes);  // one account is one environment at least
  }
  return out;
}

std::optional<TierChoice> TierBook::solve(const Question& question, bool conditions) const {
  const TierProblem asked = problem(question, conditions);
  auto choice = cheapest_set(asked);
  if (choice) {
    for (int& at : choice->offers) at = asked.offers[static_cast<std::size_t>(at)].product;
  }
  return choice;
}

std::string TierBook::condition_of(const Question& question, const FeatureSet& needed, const TierChoice& choice) const {
  const Fleet& fleet = index_.fleet();
  FeatureSet granted;
  for (int product : choice.offers) granted |= fleet.products[static_cast<std::size_t>(product)].grants;
  std::vector<std::string> conditions;
  const FeatureSet open = needed & ~granted;
  for (std::size_t f = open._Find_first(); f < open.size(); f = open._Find_next(f)) {
    conditions.push_back(fmt::format("{} is granted only under a condition", fleet.features[f]));
  }
  for (int product : choice.offers) {
    const int other = blocker(question, product);
    if (other < 0) continue;
    conditions.push_back(fmt::format("{} may not share an environment with {}, which others hold",
                                     fleet.products[static_cast<std::size_t>(product)].id,
                                     fleet.products[static_cast<std::size_t>(other)].id));
  }
  return joined(conditions, "; ");
}

const TierBook::Answer& TierBook::ask(const Question& question) {
  std::string key;
  append(key, question.account.org);
  append(key, static_cast<int>(question.account.account_class));
  append(key, question.vendor);
  append(key, question.judged);
  append(key, question.held);
  append(key, &question.needed, sizeof question.needed);
  for (int product : question.held) {  // alone with a product, an account does not block itself
    if (index_.product(product).not_beside.empty()) continue;
    const auto own = std::count(question.held.begin(), question.held.end(), product);
    append(key, index_.holders(question.account.org, product) > own ? 1 : 0);
  }
  const auto [found, fresh] = answers_.try_emplace(std::move(key));
  Answer& answer = found->second;
  if (!fresh) return answer;
  answer.plain = solve(question, false);
  if (!has_conditions(question)) return answer;
  auto conditional = solve(question, true);
  if (conditional && (!answer.plain || conditional->cost < answer.plain->cost))
    answer.conditional = std::move(conditional);
  return answer;
}

int TierBook::dearest(const std::vector<int>& seats) const {
  const Fleet& fleet = index_.fleet();
  int best = -1;
  for (int at : seats) {
    if (best < 0) {
      best = at;
      continue;
    }
    const Seat &a = fleet.seats[static_cast<std::size_t>(at)], &b = fleet.seats[static_cast<std::size_t>(best)];
    const int org = fleet.accounts[static_cast<std::size_t>(a.account)].org;
    const auto &pa = index_.price(org, a.product).money, &pb = index_.price(org, b.product).money;
    if (pa && (!pb || pa->minor > pb->minor)) best = at;
  }
  return best;
}

TierView TierBook::view(const Account& account, std::vector<int> judged, const FeatureSet& used,
                        const FeatureSet& kept) {
  const Fleet& fleet = index_.fleet();
  TierView out;
  out.asked = true;
  out.used = used;
  out.needed = used | kept;
  out.needed.set(0);
  const int vendor = index_.product(fleet.seats[static_cast<std::size_t>(judged.front())].product).vendor;
  const FeatureOrder& order = orders_.try_emplace(vendor, index_, vendor).first->second;
  Question question{account, vendor, {}, {}, {}, order.decisive(out.needed)};
  FeatureSet granted;
  for (int at : account.seats) {
    const int product = fleet.seats[static_cast<std::size_t>(at)].product;
    const FleetProduct& facts = fleet.products[static_cast<std::size_t>(product)];
    granted |= facts.grants | facts.conditional;
    question.held.push_back(product);
  }
  out.uncovered = used & ~granted;
  out.uncovered.reset(0);  // an account without sign-in is a finding of its own
  std::int64_t cost = 0;
  for (int at : judged) {
    const int product = fleet.seats[static_cast<std::size_t>(at)].product;
    const auto& price = index_.price(account.org, product).money;
    question.judged.push_back(product);
    if (question.currency.empty() && price) question.currency = price->currency;
    out.unpriced |= !price || price->currency != question.currency;
    if (price) cost += price->minor;
  }
  out.judged = std::move(judged);
  out.carrier = dearest(out.judged);
  if (out.unpriced) return out;
  out.held_cost = Money{cost, question.currency};

  const Answer& answer = ask(question);
  if (answer.plain) {
    out.adequate = answer.plain->offers;
    out.adequate_cost = Money{answer.plain->cost, question.currency};
  }
  if (out.uncovered.any()) {
    if (!answer.plain && answer.conditional) {
      out.adequate = answer.conditional->offers;
      out.adequate_cost = Money{answer.conditional->cost, question.currency};
      out.condition = condition_of(question, out.needed, *answer.conditional);
    }
    return out;
  }
  const auto leaving = [&](const std::vector<int>& set) {
    std::vector<int> seats;
    for (int at : out.judged) {
      if (!contains(set, fleet.seats[static_cast<std::size_t>(at)].product)) seats.push_back(at);
    }
    return seats;
  };
  if (answer.plain && answer.plain->cost < cost) {
    out.cheapest = out.adequate;
    out.cheapest_cost = out.adequate_cost;
    out.carrier = dearest(leaving(out.cheapest));
    cost = answer.plain->cost;
  }
  if (answer.conditional && answer.conditional->cost < cost) {
    out.conditional = answer.conditional->offers;
    out.conditional_cost = Money{answer.conditional->cost, question.currency};
    out.condition = condition_of(question, out.needed, *answer.conditional);
    out.conditional_carrier = dearest(leaving(out.conditional));
  }
  return out;
}

}  // namespace seatlint
