// SPDX-License-Identifier: Apache-2.0
// What a rule is: documentation, metadata and pure functions over the fleet. One file a rule.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/fleet.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

/// What the tier rules know of an account: computed once for all its seats that reached them.
struct TierView {
  bool asked = false;              ///< active with more than sign-ins, and feature evidence is sufficient
  std::vector<int> judged;         ///< H: seats that reached the tier rules
  FeatureSet needed;               ///< F: used in the window, plus what the role keeps
  FeatureSet used;                 ///< used in the window
  FeatureSet uncovered;            ///< used, but granted by none of the account's products
  bool unpriced = false;           ///< H holds an unpriced seat or several currencies
  std::optional<Money> held_cost;  ///< cost(H)
  std::vector<int> cheapest;       ///< C: product indexes, sorted; empty where none is cheaper
  std::optional<Money> cheapest_cost;
  std::vector<int> conditional;  ///< a cheaper set that holds only under a condition
  std::optional<Money> conditional_cost;
  std::string condition;         ///< what that condition is
  int carrier = -1;              ///< the seat that carries the account's money
  int conditional_carrier = -1;  ///< the seat that carries what the condition would save
  std::vector<int> adequate;     ///< the cheapest adequate set, dearer than H or not; empty: none is known
  std::optional<Money> adequate_cost;
};

/// One seat with everything a rule may look at.
struct SeatCase {
  const Fleet& fleet;
  const Seat& seat;
  const Account& account;
  const FleetProduct& product;
  int seat_index = 0;
  Setting idle_days{}, grace_days{};
  std::optional<Day> last_human{}, last_machine{};  ///< newest day up to D of the product's own vendor and application
  int human_days_in_window = 0;
  bool on_leave = false;
  bool evidence_sufficient = false;   ///< rows 10-12 can be decided
  std::vector<DayRange> missing{};    ///< the days that are not proven
  bool action_evidence = false;       ///< `action` coverage over the whole window
  bool source_exists = false;         ///< an imported source can show this product's use
  bool coverage_starts_late = false;  ///< coverage is shorter than the account's life
  std::optional<Day> coverage_since{};
  std::string sources_keep{};  ///< never seen: how far back the sources can know, in words; empty: not known
  bool duplicate_loser = false, redundant_loser = false;
  std::string loses_to{};        ///< account key or product id that is kept
  bool holds_base = false;       ///< attach and add-on: the account holds a base it requires
  FeatureSet own_features{};     ///< attach and add-on: what no other product held grants
  FeatureSet features_used{};    ///< in the window, by whomever, in the product's own activity
  bool tier_asked = false;       ///< rows 13-15 can be decided
  bool column_only = false;      ///< without the last-activity column the evidence would not do
  bool stated_by_hand = false;   ///< evidence rests on a period somebody stated
  bool actions_by_hand = false;  ///< the same for `action` coverage of the window
  bool kept_by_group = false;    ///< redundant: the same product comes from a group, too
  std::string paid_sibling{};    ///< trial: a paid product of the same family that is held
  const Role* role = nullptr;    ///< the first matching [[role]]
  bool role_lists_product = true;
  const TierView* tier = nullptr;  ///< set for rows 14 and later
};

/// A verdict that a slightly different threshold would change.
struct Borderline {
  std::string_view setting;  ///< "idle_days" or "grace_days"
  int value = 0, flips_at = 0;
  const struct Rule* becomes = nullptr;  ///< nullptr: any verdict on a seat in use
};

/// What is said of a verdict beside it. Texts and lists live as long as the fleet, and Judged or its copies.
struct Remarks {
  std::string_view why;  ///< one sentence; empty for verdicts that are only counted (is_told)
  std::string_view certainty = "certain";
  std::string_view role;  ///< the policy's; empty for verdicts that are only counted
  std::span<const std::string_view> notes, suggest;
  std::optional<Money> suggest_cost;
  MaybeMoney tier_saving;  ///< what the account's cheapest set saves, where this seat carries it
  std::optional<Money> conditional_saving;
  std::span<const DayRange> missing;
};

/// A seat with its verdict. There is one for each seat of a fleet, and most are in use: no larger than need be.
struct Judgment {
  int seat = 0;
  int days_used = 0;
  const struct Rule* rule = nullptr;
  [[no_unique_address]] MaybeMoney cost;  ///< allocated from the contract lines, else the list price
  MaybeDay last_activity;
  const Remarks* own = nullptr;            ///< nullptr: none but that
  const Borderline* borderline = nullptr;  ///< nullptr: it is far from any threshold
  int waiver = -1;                         ///< index into Policy::waivers; -1: none excepts it
  bool tier_unjudged = false;              ///< evidence does not do for the tier rules
  bool tier_unpriced = false;              ///< some price is not known that they need

  bool waived() const { return waiver >= 0; }
  const Remarks& remarks() const;
  /// Idle and over-provisioned seats save what they cost.
  const MaybeMoney& saving() const;
};
static_assert(sizeof(Judgment) <= 56);

/// One product in one org: what was bought, what is assigned, and the money of it, a month and currency.
struct Position {
  int org = 0, product = 0;
  std::optional<std::int64_t> purchased;  ///< unset: no contract line is valid
  std::int64_t assigned = 0;
  std::int64_t taken = 0;  ///< units the seats take: one each, or the logins of a month where those are what is paid
  std::map<std::string, std::int64_t> contract;    ///< currency -> minor; equals seat costs plus `unassigned`, exactly
  std::map<std::string, std::int64_t> contracted;  ///< how much of it rests on contract prices
  std::map<std::string, std::int64_t> unassigned;  ///< negative where more is assigned than bought
};

struct Judged {
  std::vector<Judgment> seats;                    ///< one a seat, in seat order
  std::vector<Finding> account_findings;          ///< account-level, without seat or cost
  std::vector<Position> positions;                ///< sorted by org, product
  std::set<int> waivers_used;                     ///< indexes into Policy::waivers
  std::set<std::pair<int, int>> waiver_overlaps;  ///< two waivers that except the same finding
  std::vector<std::shared_ptr<Arena>> memory;     ///< what views point into
};

/// One rule. `applies` decides a seat rule; `find` gives a fleet rule's findings or doubts.
struct Rule {
  std::string_view name, code;
  Family family = Family::none;
  Severity severity = Severity::info;
  std::string_view summary;      ///< one line for `rules`
  std::string_view description;  ///< Markdown: what it means, false alarms, settings
  bool (*applies)(const SeatCase&) = nullptr;
  std::string (*why)(const SeatCase&) = nullptr;
  void (*find)(const Fleet&, const Judged&, std::vector<Finding>&, std::vector<Doubt>&) = nullptr;
};

/// Every rule: first the seat rules in the order of the verdict table, then the others.
const std::vector<const Rule*>& rules();
const Rule* find_rule(std::string_view name);
std::vector<std::string> rule_and_family_names();

/// Of which seats remarks are kept.
enum class Remarked {
  all,
  told,  ///< of those a report tells one by one, and what its figures need of others
};

/// Judges every seat: exactly one verdict each.
Judged judge(const Fleet& fleet, Remarked remarked = Remarked::all);

/// docs/rules.md: every rule with its documentation, in Markdown.
std::string rules_page();

}  // namespace seatlint
