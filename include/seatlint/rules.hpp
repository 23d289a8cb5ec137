// SPDX-License-Identifier: Apache-2.0
// What a rule is: documentation, metadata and pure functions over the fleet. One file a rule.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/fleet.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

/// What the tier rules know of an account: computed once for all its seats that reached them.
struct TierView {
  bool asked = false;                   ///< active with more than sign-ins, and feature evidence is sufficient
  std::vector<int> judged;              ///< H: seats that reached the tier rules
  FeatureSet needed;                    ///< F: used in the window, plus what the role keeps
  FeatureSet used;                      ///< used in the window
  FeatureSet uncovered;                 ///< used, but granted by none of the account's products
  bool unpriced = false;                ///< H holds an unpriced seat or several currencies
  std::optional<Money> held_cost;       ///< cost(H)
  std::vector<int> cheapest;            ///< C: product indexes, sorted; empty where none is cheaper
  std::optional<Money> cheapest_cost;
  std::vector<int> conditional;         ///< a cheaper set that holds only under a condition
  std::optional<Money> conditional_cost;
  std::string condition;                ///< what that condition is
  int carrier = -1;                     ///< the seat that carries the account's money
};

/// One seat with everything a rule may look at.
struct SeatCase {
  const Fleet& fleet;
  const Seat& seat;
  const Account& account;
  const FleetProduct& product;
  int seat_index = 0;
  Setting idle_days, grace_days;
  std::optional<Day> last_human, last_machine;   ///< newest day up to D of the product's own vendor and application
  std::optional<Day> last_any;                   ///< activity of any kind, any vendor: "in anything imported"
  int human_days_in_window = 0;
  bool on_leave = false;
  bool evidence_sufficient = false;              ///< rows 10-12 can be decided
  std::vector<DayRange> missing;                 ///< the days that are not proven
  bool action_evidence = false;                  ///< `action` coverage over the whole window
  bool active_beyond_sign_in = false;            ///< human use in the window other than sign-ins
  bool source_exists = false;                    ///< an imported source can show this product's use
  bool coverage_starts_late = false;             ///< coverage is shorter than the account's life
  std::optional<Day> coverage_since;
  bool duplicate_loser = false, redundant_loser = false;
  std::string loses_to;                          ///< account key or product id that is kept
  const Role* role = nullptr;                    ///< the first matching [[role]]
  const TierView* tier = nullptr;                ///< set for rows 14 and later
};

/// A seat with its verdict.
struct Judgment {
  int seat = 0;
  const struct Rule* rule = nullptr;
  std::string why, certainty = "certain";
  std::vector<std::string> notes;
  std::vector<std::string> suggest;
  std::optional<Money> cost;                     ///< allocated from the contract lines, else the list price
  bool cost_contracted = false;
  std::optional<Money> saving;
  std::optional<Money> suggest_cost;
  std::optional<Money> conditional_saving;
  std::optional<Day> last_activity;
  int days_used = 0;
  std::vector<DayRange> missing;
  std::optional<WaivedBy> waived;
  std::string role;
};

struct Judged {
  std::vector<Judgment> seats;                   ///< one a seat, in seat order
  std::vector<Finding> account_findings;         ///< account-level, without seat or cost
  std::set<int> waivers_used;                    ///< indexes into Policy::waivers
};

/// One rule. `applies` decides a seat rule; `find` gives a fleet rule's findings or doubts.
struct Rule {
  std::string_view name, code;
  Family family = Family::none;
  Severity severity = Severity::info;
  std::string_view summary;                      ///< one line for `rules`
  std::string_view description;                  ///< Markdown: what it means, false alarms, settings
  bool (*applies)(const SeatCase&) = nullptr;
  std::string (*why)(const SeatCase&) = nullptr;
  void (*find)(const Fleet&, const Judged&, std::vector<Finding>&, std::vector<Doubt>&) = nullptr;
};

/// Every rule: first the seat rules in the order of the verdict table, then the others.
const std::vector<const Rule*>& rules();
const Rule* find_rule(std::string_view name);
std::vector<std::string> rule_and_family_names();

/// Judges every seat: exactly one verdict each.
Judged judge(const Fleet& fleet);

}  // namespace seatlint
