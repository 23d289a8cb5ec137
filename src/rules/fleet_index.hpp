// SPDX-License-Identifier: Apache-2.0
// The fleet's names turned into numbers once, so that judging a million seats compares no strings.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/day_ranges.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

/// Whose activity shows a product's use: a vendor's, where applications are named only theirs.
struct Scope {
  std::string vendor;
  std::vector<std::string> applications;  ///< folded, sorted; empty: all
  std::vector<std::uint8_t> actions;      ///< by action: the marks below; 0: not of this scope
};
enum ActionMark : std::uint8_t { in_scope = 1, by_machine = 2, is_sign_in = 4 };

struct ProductFacts {
  int scope = -1, vendor = -1;  ///< vendor: numbers what may stand in one set
  bool known = false, free = false, extra = false, sign_in = false, grants_known = false, observable = false;
  bool any_base = false;                         ///< an extra that names no base takes any
  std::vector<int> bases, excludes, not_beside;  ///< products; `not_beside`: may not share an environment
};

/// What is proven of one scope in one org.
struct ProvenDays {
  bool has_log = false;      ///< some file shows this scope's activity
  bool has_column = false;   ///< some account of the vendor has a last-activity column
  DayRanges login;           ///< days proven by logs, without suspicion
  DayRanges stopped;         ///< days a feed was silent: nothing proves them
  DayRanges by_hand;         ///< days proven only because somebody stated the period
  DayRanges action_missing;  ///< days of the window without `action` coverage
  bool action_by_hand = false;
  std::string kept;  ///< "salesforce-login-history keeps 180 days": how far back the sources can know; empty: not known
};

/// Whether a suspicion takes days away from a log; one about a list of users does not.
bool is_about_log(const Fleet& fleet, const Suspicion& doubt);

class FleetIndex {
 public:
  explicit FleetIndex(const Fleet& fleet);

  const Fleet& fleet() const { return fleet_; }
  const Scope& scope(int at) const { return scopes_[static_cast<std::size_t>(at)]; }
  const ProductFacts& product(int at) const { return products_[static_cast<std::size_t>(at)]; }
  const ProvenDays& proven(int org, int scope_at) const;
  const Setting& idle_days(int product, AccountClass account_class) const;
  const Setting& grace_days(int product, AccountClass account_class) const;
  /// Unit price of a product in an org; computed once.
  const UnitPrice& price(int org, int product) const;
  /// Products of a vendor (ProductFacts::vendor), and everything any of them grants.
  const std::vector<int>& products_of(int vendor) const { return by_vendor_[static_cast<std::size_t>(vendor)]; }
  const FeatureSet& granted_by(int vendor) const { return granted_[static_cast<std::size_t>(vendor)]; }
  /// Seats of a product in an org.
  std::int64_t holders(int org, int product) const { return holders_[cell(org, product)]; }

 private:
  const Fleet& fleet_;
  std::vector<Scope> scopes_;
  std::vector<ProductFacts> products_;
  std::vector<ProvenDays> proven_;                       ///< org * scopes + scope
  std::vector<std::pair<Setting, Setting>> thresholds_;  ///< product * 5 + class
  mutable std::vector<UnitPrice> prices_;
  mutable std::vector<bool> priced_;
  std::vector<std::vector<int>> by_vendor_;
  std::vector<FeatureSet> granted_;
  std::vector<std::int64_t> holders_;

  std::size_t cell(int org, int product) const;
  void number_products();
  void relate_products();
  void mark_actions();
  void prove_days();
  ProvenDays prove(int org, const Scope& scope) const;
  std::string retention(const std::string& org, const Scope& scope) const;
};

}  // namespace seatlint
