// SPDX-License-Identifier: Apache-2.0
// Branch and bound over sets of products. Exact: what is cut off can neither be cheaper nor win a tie.
#include <algorithm>
#include <array>
#include <bitset>
#include <functional>
#include <limits>
#include <tuple>

#include "seatlint/optimize.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_offers = 256;
using OfferSet = std::bitset<most_offers>;

/// Shares of a price are rounded down, so the bound stays a bound; the factor keeps the loss small.
constexpr std::int64_t share_scale = 27720;

struct Candidate {
  std::int64_t price = 0;
  FeatureSet grants;
  OfferSet bases, excludes;
  bool held = false, needs_base = false;
};

class Search {
 public:
  explicit Search(const TierProblem& problem) : needed_(problem.needed) {
    for (const Offer& offer : problem.offers) add(offer);
    for (std::size_t i = 0; i < all_.size(); ++i) {  // to exclude is mutual
      for (std::size_t j = 0; j < all_.size(); ++j) {
        if (all_[i].excludes.test(j)) all_[j].excludes.set(i);
      }
    }
    drop_useless();
    drop_dominated();
  }

  std::optional<TierChoice> run() {
    descend(OfferSet{}, banned_, 0);
    return best_;
  }

 private:
  std::vector<Candidate> all_;
  FeatureSet needed_;
  OfferSet banned_;
  std::optional<TierChoice> best_;

  void add(const Offer& offer) {
    Candidate one;
    one.price = offer.price;
    one.grants = offer.grants & needed_;
    one.held = offer.held;
    one.needs_base = offer.needs_base;
    for (int base : offer.bases) one.bases.set(static_cast<std::size_t>(base));
    for (int other : offer.excludes) one.excludes.set(static_cast<std::size_t>(other));
    one.bases.reset(all_.size());
    one.excludes.reset(all_.size());
    all_.push_back(one);
  }

  bool free_to_keep(std::size_t i) const { return all_[i].held && all_[i].price == 0; }

  /// Nothing that is needed, no base of anything useful, and not free to keep: it only costs or changes.
  void drop_useless() {
    OfferSet useful;
    for (std::size_t i = 0; i < all_.size(); ++i) useful.set(i, all_[i].grants.any() || free_to_keep(i));
    for (bool grown = true; grown;) {
      grown = false;
      for (std::size_t i = 0; i < all_.size(); ++i) {
        if (!useful.test(i) || !all_[i].needs_base || (all_[i].bases & ~useful).none()) continue;
        useful |= all_[i].bases;
        grown = true;
      }
    }
    for (std::size_t i = 0; i < all_.size(); ++i) banned_.set(i, !useful.test(i));
  }

  /// Whether `better` can stand in for `worse` in any set, and the set is then better in the stated order.
  bool dominates(std::size_t better, std::size_t worse) const {
    const Candidate &b = all_[better], &w = all_[worse];
    if (b.price > w.price || (w.grants & ~b.grants).any()) return false;
    if ((b.excludes & ~w.excludes).any()) return false;
    if (b.needs_base && (!w.needs_base || (w.bases & ~b.bases).any())) return false;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (i != better && all_[i].needs_base && all_[i].bases.test(worse) && !all_[i].bases.test(better)) return false;
    }
    if (b.needs_base && b.bases.test(worse)) return false;
    if (b.price < w.price) return true;
    if (w.held) return b.held && w.price > 0 && better < worse;
    return b.held || better < worse;
  }

  void drop_dominated() {
    for (std::size_t worse = 0; worse < all_.size(); ++worse) {
      for (std::size_t better = 0; better < all_.size() && !banned_.test(worse); ++better) {
        if (better != worse && !banned_.test(better) && dominates(better, worse)) banned_.set(worse);
      }
    }
  }

  FeatureSet uncovered(const OfferSet& chosen) const {
    FeatureSet open = needed_;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (chosen.test(i)) open &= ~all_[i].grants;
    }
    return open;
  }

  /// Every feature still open costs at least the smallest share of a price that buys it. -1: nobody can grant it.
  std::int64_t bound(const FeatureSet& open, const OfferSet& gone) const {
    if (open.none()) return 0;
    std::array<std::int64_t, FeatureSet{}.size()> share;
    share.fill(-1);
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (gone.test(i)) continue;
      const FeatureSet part = all_[i].grants & open;
      if (part.none()) continue;
      const std::int64_t each = all_[i].price * share_scale / static_cast<std::int64_t>(part.count());
      for (std::size_t f = part._Find_first(); f < part.size(); f = part._Find_next(f)) {
        if (share[f] < 0 || each < share[f]) share[f] = each;
      }
    }
    std::int64_t sum = 0;
    for (std::size_t f = open._Find_first(); f < open.size(); f = open._Find_next(f)) {
      if (share[f] < 0) return -1;
      sum += share[f];
    }
    return (sum + share_scale - 1) / share_scale;
  }

  int changes(const OfferSet& chosen, const OfferSet& gone) const {
    int n = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) n += all_[i].held ? gone.test(i) : chosen.test(i);
    return n;
  }

  /// The ways to meet the requirement with the fewest of them: an open feature, or a base of something chosen.
  bool open_requirement(const OfferSet& chosen, const OfferSet& gone, const FeatureSet& open, OfferSet& ways) const {
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    const auto offer_ways = [&](const OfferSet& some) {
      if (some.count() < fewest) fewest = some.count(), ways = some;
    };
    for (std::size_t f = open._Find_first(); f < open.size(); f = open._Find_next(f)) {
      OfferSet some;
      for (std::size_t i = 0; i < all_.size(); ++i) some.set(i, all_[i].grants.test(f) && !gone.test(i));
      offer_ways(some);
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (chosen.test(i) && all_[i].needs_base && (all_[i].bases & chosen).none()) offer_ways(all_[i].bases & ~gone);
    }
    return fewest != std::numeric_limits<std::size_t>::max();
  }

  void accept(const OfferSet& chosen, std::int64_t cost) {
    TierChoice choice;
    choice.cost = cost;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (chosen.test(i)) choice.offers.push_back(static_cast<int>(i));
      choice.changes += chosen.test(i) != all_[i].held;
    }
    const auto order = [](const TierChoice& c) {
      return std::make_tuple(c.cost, c.changes, c.offers.size(), std::cref(c.offers));
    };
    if (!best_ || order(choice) < order(*best_)) best_ = std::move(choice);
  }

  bool hopeless(const OfferSet& chosen, const OfferSet& gone, std::int64_t cost, std::int64_t least) const {
    if (least < 0) return true;
    if (!best_ || cost + least < best_->cost) return false;
    if (cost + least > best_->cost) return true;
    const int changed = changes(chosen, gone);
    return changed > best_->changes || (changed == best_->changes && chosen.count() > best_->offers.size());
  }

  /// `gone`: what may no longer be chosen. Every better set that contains `chosen` and nothing of `gone` is found.
  void descend(const OfferSet& chosen, const OfferSet& gone, std::int64_t cost) {
    const FeatureSet open = uncovered(chosen);
    if (hopeless(chosen, gone, cost, bound(open, gone | chosen))) return;
    OfferSet ways;
    if (open_requirement(chosen, gone | chosen, open, ways)) {
      branch(chosen, gone, cost, ways);
      return;
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {  // what costs nothing is kept if it can be: fewer changes
      if (!free_to_keep(i) || chosen.test(i) || gone.test(i)) continue;
      branch(chosen, gone, cost, OfferSet{}.set(i));
      descend(chosen, OfferSet(gone).set(i), cost);
      return;
    }
    accept(chosen, cost);
  }

  void branch(const OfferSet& chosen, const OfferSet& gone, std::int64_t cost, const OfferSet& ways) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (ways.test(i)) order.push_back(i);
    }
    const FeatureSet open = uncovered(chosen);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {  // cheapest a feature first
      const auto ca = static_cast<std::int64_t>((all_[a].grants & open).count() + 1);
      const auto cb = static_cast<std::int64_t>((all_[b].grants & open).count() + 1);
      return std::make_pair(all_[a].price * cb, !all_[a].held) < std::make_pair(all_[b].price * ca, !all_[b].held);
    });
    OfferSet left = gone;
    for (std::size_t i : order) {
      descend(OfferSet(chosen).set(i), left | all_[i].excludes, cost + all_[i].price);
      left.set(i);
    }
  }
};

}  // namespace

std::optional<TierChoice> cheapest_set(const TierProblem& problem) {
  if (problem.offers.size() > most_offers) {
    throw Error("more than 256 products could replace one account's seats; mark those not sold as `offered = false`");
  }
  return Search(problem).run();
}

}  // namespace seatlint
