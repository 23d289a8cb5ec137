// SPDX-License-Identifier: Apache-2.0
// What an account's seats could be exchanged for. Few distinct questions stand behind many accounts: each is asked
// once.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/feature_order.hpp"
#include "rules/fleet_index.hpp"
#include "seatlint/optimize.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

class TierBook {
 public:
  explicit TierBook(const FleetIndex& index) : index_(index) {}
  /// `judged`: seats of one account and one vendor. `kept`: features the account's role keeps.
  TierView view(const Account& account, std::vector<int> judged, const FeatureSet& used, const FeatureSet& kept);

 private:
  struct Answer {
    std::optional<TierChoice> plain, conditional;  ///< offers are product numbers here
  };
  struct Question {
    const Account& account;
    int vendor;
    std::string currency;
    std::vector<int> judged, held;  ///< products, sorted
    FeatureSet needed;              ///< only what decides: accounts with the same answer ask the same question
  };

  const FleetIndex& index_;
  std::unordered_map<int, FeatureOrder> orders_;  ///< by vendor
  std::unordered_map<std::string, Answer> answers_;

  const Answer& ask(const Question& question);
  std::optional<std::int64_t> price_in(int org, int product, const std::string& currency) const;
  bool may_be_offered(const Question& question, int product, bool held) const;
  /// A product that another account of the org holds and this one may not stand beside; -1: none.
  int blocker(const Question& question, int product) const;
  /// Whether conditions beyond the account could change the answer at all.
  bool has_conditions(const Question& question) const;
  TierProblem problem(const Question& question, bool conditions) const;
  std::optional<TierChoice> solve(const Question& question, bool conditions) const;
  /// What must be so for `choice` to grant all of `needed`.
  std::string condition_of(const Question& question, const FeatureSet& needed, const TierChoice& choice) const;
  int dearest(const std::vector<int>& seats) const;
};

}  // namespace seatlint
