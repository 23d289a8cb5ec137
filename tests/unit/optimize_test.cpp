// SPDX-License-Identifier: Apache-2.0
// The cheapest set against trying every subset, on thousands of small random questions and a few large ones.
#include "seatlint/optimize.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <tuple>

namespace optimize_test {

using namespace seatlint;

namespace {

FeatureSet features(std::uint32_t bits) { return FeatureSet(bits); }

bool contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool adequate(const TierProblem& problem, const std::vector<int>& set) {
  FeatureSet granted;
  for (int at : set) {
    const Offer& offer = problem.offers[static_cast<std::size_t>(at)];
    granted |= offer.grants;
    const auto chosen = [&](int other) { return other != at && contains(set, other); };
    if (offer.needs_base && std::none_of(offer.bases.begin(), offer.bases.end(), chosen)) return false;
    if (std::any_of(offer.excludes.begin(), offer.excludes.end(), chosen)) return false;
  }
  return (problem.needed & ~granted).none();
}

std::optional<TierChoice> by_brute_force(const TierProblem& problem) {
  std::optional<TierChoice> best;
  const std::size_t n = problem.offers.size();
  for (std::size_t bits = 0; bits < (std::size_t{1} << n); ++bits) {
    TierChoice one;
    for (std::size_t i = 0; i < n; ++i) {
      const bool chosen = (bits >> i & 1) != 0;
      if (chosen) one.offers.push_back(static_cast<int>(i)), one.cost += problem.offers[i].price;
      one.changes += chosen != problem.offers[i].held;
    }
    if (!adequate(problem, one.offers)) continue;
    const auto order = [](const TierChoice& c) {
      return std::make_tuple(c.cost, c.changes, c.offers.size(), c.offers);
    };
    if (!best || order(one) < order(*best)) best = one;
  }
  return best;
}

TierProblem random_problem(std::mt19937& dice, int most_offers, int most_features, int most_price) {
  const auto roll = [&](int low, int high) {
    return low + static_cast<int>(dice() % static_cast<unsigned>(high - low + 1));
  };
  TierProblem problem;
  const int offers = roll(1, most_offers), count = roll(1, most_features);
  for (int f = 0; f < count; ++f) problem.needed.set(static_cast<std::size_t>(f), roll(0, 3) > 0);
  problem.needed.set(0);
  for (int i = 0; i < offers; ++i) {
    Offer offer;
    offer.price = roll(0, most_price);
    for (int f = 0; f < count; ++f) offer.grants.set(static_cast<std::size_t>(f), roll(0, 2) == 0);
    offer.held = roll(0, 3) == 0;
    offer.needs_base = roll(0, 3) == 0;
    offer.grants.set(0, !offer.needs_base && roll(0, 1) == 0);
    for (int other = 0; other < offers; ++other) {
      if (other != i && offer.needs_base && roll(0, 3) == 0) offer.bases.push_back(other);
      if (other != i && roll(0, 11) == 0) offer.excludes.push_back(other);
    }
    problem.offers.push_back(std::move(offer));
  }
  return problem;
}

}  // namespace

TEST_CASE("the cheapest set equals brute force", "[optimize]") {
  std::mt19937 dice(20260930);
  for (int round = 0; round < 12000; ++round) {
    const int most_price = round % 3 == 0 ? 2 : round % 3 == 1 ? 9 : 1000;  // small prices make ties
    const TierProblem problem = random_problem(dice, 9, 7, most_price);
    const auto expected = by_brute_force(problem), found = cheapest_set(problem);
    INFO("round " << round);
    REQUIRE(found.has_value() == expected.has_value());
    if (!found) continue;
    REQUIRE(found->cost == expected->cost);
    REQUIRE(found->changes == expected->changes);
    REQUIRE(found->offers == expected->offers);
  }
}

TEST_CASE("sixty products and thirty features are no trouble", "[optimize]") {
  std::mt19937 dice(7);
  for (int round = 0; round < 25; ++round) {
    TierProblem problem = random_problem(dice, 60, 30, round % 2 == 0 ? 5 : 20000);
    while (problem.offers.size() < 55) problem = random_problem(dice, 60, 30, round % 2 == 0 ? 5 : 20000);
    const auto found = cheapest_set(problem);
    if (found) CHECK(adequate(problem, found->offers));
  }
}

TEST_CASE("a set may need a base, and what is free and held is kept", "[optimize]") {
  TierProblem problem;
  problem.needed = features(0b111);
  problem.offers.resize(4);
  problem.offers[0] = {0, 9500, features(0b111), true, false, {}, {}};
  problem.offers[1] = {1, 2000, features(0b100), false, true, {2}, {}};
  problem.offers[2] = {2, 6500, features(0b011), false, false, {}, {}};
  problem.offers[3] = {3, 0, features(0), true, false, {}, {}};
  const auto found = cheapest_set(problem);
  REQUIRE(found);
  CHECK(found->offers == std::vector<int>{1, 2, 3});
  CHECK(found->cost == 8500);
  CHECK(found->changes == 3);
}

TEST_CASE("what excludes each other is never in one set", "[optimize]") {
  TierProblem problem;
  problem.needed = features(0b11);
  problem.offers.resize(3);
  problem.offers[0] = {0, 10, features(0b01), false, false, {}, {}};
  problem.offers[1] = {1, 10, features(0b10), false, false, {}, {0}};
  problem.offers[2] = {2, 30, features(0b11), false, false, {}, {}};
  CHECK(cheapest_set(problem)->offers == std::vector<int>{2});
  problem.offers.pop_back();
  CHECK_FALSE(cheapest_set(problem).has_value());
}

}  // namespace optimize_test
