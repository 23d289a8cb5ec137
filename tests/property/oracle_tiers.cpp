// SPDX-License-Identifier: Apache-2.0
// Rows 13 to 18: features used, the cheapest adequate set by trying every subset of products, roles, low use.

#include <algorithm>

#include "oracle.hpp"

namespace property {
namespace {

using Names = std::set<std::string>;

bool grants_sign_in(const Product& product) { return product.kind == "base" || product.kind == "bundle"; }

class TierJudge {
 public:
  TierJudge(Trial& trial, OrgFacts& org) : trial_(trial), world_(trial.world), org_(org), day_(trial.facts.as_of) {
    first_ = day_ - trial.window() + 1;  // "The window is the W calendar days ending on D: (D − W, D]."
  }
  void run() {
    for (std::size_t i = 0; i < org_.accounts.size(); ++i) {
      mine_.clear();
      for (Seat& seat : trial_.result.seats)
        if (seat.org == org_.name && seat.holder == i) mine_.push_back(&seat);
      account_ = &org_.accounts[i];
      for (const std::string vendor : {"acme", "zeta"}) tiers(vendor);
      for (Seat* seat : mine_)
        if (seat->verdict.empty()) last_rows(*seat);
      without_sign_in();
    }
  }

 private:
  Trial& trial_;
  const World& world_;
  OrgFacts& org_;
  const Day day_;
  Day first_ = 0;
  std::vector<Seat*> mine_;  ///< every seat of the account
  Account* account_ = nullptr;

  Names used_features(const std::string& vendor) const {
    Names used;  // "A feature is recognized in activity by object + verb patterns"; machine deeds count: the license
                 // must allow them
    const auto deeds = account_->deeds.find(vendor);
    if (deeds == account_->deeds.end()) return used;
    for (const Deed& deed : deeds->second)
      for (const Feature& feature : world_.policy.features)
        for (const Pattern& pattern : feature.match)
          for (const std::string& verb : pattern.verbs)
            if (deed.day >= first_ && glob(pattern.object, deed.object) && glob(verb, deed.verb))
              used.insert(feature.id);
    return used;
  }

  /// "Rows 13–15 are asked only when the account was active in the window with more than sign-ins and feature evidence
  /// is sufficient"; "`action` coverage of the product's vendor over the whole window"
  bool askable(const std::string& vendor) const {
    bool active = false;
    const auto deeds = account_->deeds.find(vendor);
    if (deeds != account_->deeds.end())
      for (const Deed& deed : deeds->second)
        active = active || (deed.human && !deed.is_sign_in() && deed.day >= first_);
    const auto covered = org_.action.find(vendor);
    for (Day day = first_; day <= day_; ++day)
      active = active && covered != org_.action.end() && covered->second.count(day);
    return active;
  }

  void tiers(const std::string& vendor) {
    std::vector<Seat*> open;
    for (Seat* seat : mine_)
      if (seat->verdict.empty() && !seat->notes.count("on-leave") && seat->known->vendor() == vendor)
        open.push_back(seat);
    if (!askable(vendor)) {
      for (Seat* seat : open) {
        seat->notes.insert("tier-unjudged");  // "the seat goes on to rows 16–18 with the note tier-unjudged"
        ++trial_.result.tier_unjudged;
      }
      return;
    }
    const Names used = used_features(vendor);
    std::vector<Seat*> h;  // "let H be its seats that reached row 14"
    for (Seat* seat : open)
      if (unused_extra(*seat, used))
        seat->verdict = "unused-addon";
      else
        h.push_back(seat);
    if (!h.empty() && !underlicensed(h, used)) downgrade(h, used, vendor);
  }

  /// 13 "an attach or add-on, none of whose own features (those that no other product held grants; having none
  /// included) was used in the window"
  bool unused_extra(const Seat& seat, const Names& used) const {
    if (!seat.known->is_extra()) return false;
    for (const std::string& feature : seat.known->grants) {
      bool own = true;
      for (const Seat* other : mine_)
        if (other->known && other->product != seat.product)
          own = own && std::find(other->known->grants.begin(), other->known->grants.end(), feature) ==
                           other->known->grants.end();
      if (own && used.count(feature)) return false;
    }
    return true;
  }

  static bool dearer(const Seat* a, const Seat* b) {  // "the dearest seat (unpriced last; ties: lower product id)"
    const long long left = a->unit ? a->unit->minor : -1, right = b->unit ? b->unit->minor : -1;
    return left != right ? left > right : a->product < b->product;
  }

  /// 14 "a feature used in the window is granted by none of the account's products"; "put on the dearest seat of H, the
  /// others go on to rows 16–18 (row 15 is then not asked)"
  bool underlicensed(const std::vector<Seat*>& h, const Names& used) const {
    Names granted;
    for (const Seat* seat : mine_)
      if (seat->known) granted.insert(seat->known->grants.begin(), seat->known->grants.end());
    if (std::includes(granted.begin(), granted.end(), used.begin(), used.end())) return false;
    (*std::min_element(h.begin(), h.end(), dearer))->verdict = "underlicensed";
    return true;
  }

  struct Candidate {
    const Product* product;
    long long price;
  };
  using Set = std::vector<Candidate>;

  /// "A set of products is adequate when it grants all of F and sign-in, every attach/add-on in it has a base it
  /// requires, nothing in it excludes anything else in it"
  static bool adequate(const Set& set, const Names& needed) {
    Names granted, ids;
    bool sign_in = false;
    for (const Candidate& one : set) {
      granted.insert(one.product->grants.begin(), one.product->grants.end());
      ids.insert(one.product->id);
      sign_in = sign_in || grants_sign_in(*one.product);
    }
    for (const Candidate& one : set) {
      for (const std::string& other : one.product->excludes)
        if (ids.count(other)) return false;
      const auto present = [&](const std::string& id) { return ids.count(id) > 0; };
      if (one.product->is_extra() && std::none_of(one.product->needs.begin(), one.product->needs.end(), present))
        return false;
    }
    return sign_in && std::includes(granted.begin(), granted.end(), needed.begin(), needed.end());
  }

  /// "F … plus the features the policy requires for its role": those that this vendor's products can grant at all
  Names needed_features(const Names& used, const std::string& vendor) const {
    Names needed = used;
    if (const Role* role = role_of())
      for (const std::string& feature : role->keep)
        for (const Product& product : world_.policy.products)
          if (product.vendor() == vendor &&
              std::find(product.grants.begin(), product.grants.end(), feature) != product.grants.end())
            needed.insert(feature);
    return needed;
  }

  /// 15 "For downgrade, with C the cheapest adequate set, every seat of H not in C gets the verdict; the account's
  /// saving, cost(H) − cost(C), is carried by the dearest of them, the others carry 0; suggest is C."
  void downgrade(const std::vector<Seat*>& h, const Names& used, const std::string& vendor) {
    Names held;
    long long cost_of_h = 0;
    bool comparable = true;  // "an unpriced seat in H, or prices in more than one currency": tier-unpriced
    for (const Seat* seat : h) {
      held.insert(seat->product);
      comparable = comparable && seat->unit && h.front()->unit && seat->unit->currency == h.front()->unit->currency;
      if (seat->unit) cost_of_h += seat->unit->minor;
    }
    if (!comparable) {
      for (Seat* seat : h) seat->notes.insert("tier-unpriced");
      trial_.result.tier_unpriced += static_cast<int>(h.size());
      return;
    }
    Set offers;  // "every product in it is of the same vendor …, of kind base, attach, addon or bundle, …, priced"
    for (const Product& product : world_.policy.products) {
      if (product.vendor() != vendor || !(grants_sign_in(product) || product.is_extra())) continue;
      const auto price = unit_price(world_, org_.name, product, day_);
      if (price && price->currency == h.front()->unit->currency) offers.push_back({&product, price->minor});
    }
    const auto best = cheapest(offers, needed_features(used, vendor), held);
    if (!best || best->cost >= cost_of_h) return;
    std::vector<Seat*> gone;
    for (Seat* seat : h)
      if (std::find(best->ids.begin(), best->ids.end(), seat->product) == best->ids.end()) gone.push_back(seat);
    for (Seat* seat : gone) {
      seat->verdict = "downgrade";
      seat->suggest = best->ids;
    }
    (*std::min_element(gone.begin(), gone.end(), dearer))->saving = cost_of_h - best->cost;
  }

  struct Choice {
    long long cost = 0;
    std::size_t changes = 0, size = 0;
    std::vector<std::string> ids;
    auto order() const { return std::tie(cost, changes, size, ids); }
  };
  /// "an exact minimum …; equal costs are broken by fewest changes (symmetric difference with H), then fewest products,
  /// then the sorted list of product ids, lexicographically"
  static std::optional<Choice> cheapest(const Set& offers, const Names& needed, const Names& held) {
    std::optional<Choice> best;
    for (std::size_t bits = 0; bits < (std::size_t{1} << offers.size()); ++bits) {
      Set set;
      Choice choice;
      for (std::size_t i = 0; i < offers.size(); ++i)
        if (bits >> i & 1) {
          set.push_back(offers[i]);
          choice.cost += offers[i].price;
          choice.ids.push_back(offers[i].product->id);
        }
      if (best && choice.cost > best->cost) continue;
      if (!adequate(set, needed)) continue;
      std::sort(choice.ids.begin(), choice.ids.end());
      choice.size = set.size();
      std::vector<std::string> changed;
      std::set_symmetric_difference(choice.ids.begin(), choice.ids.end(), held.begin(), held.end(),
                                    std::back_inserter(changed));
      choice.changes = changed.size();
      if (!best || choice.order() < best->order()) best = choice;
    }
    return best;
  }

  const Role* role_of() const {
    for (const Role& role : world_.policy.roles)
      if (matches(world_.policy, role.match, *account_->row, "")) return &role;
    return nullptr;
  }

  void last_rows(Seat& seat) {
    // 16 "the first [[role]] matching this account does not list this seat's product, and none of the above applies"
    const Role* role = role_of();
    if (role && std::find(role->license.begin(), role->license.end(), seat.product) == role->license.end()) {
      seat.verdict = "wrong-role";
      return;
    }
    // 17 "used on fewer than low_use_days days in the window"
    std::set<Day> days;
    for (const Deed& deed : account_->deeds[seat.known->vendor()])
      if (deed.human && deed.day >= first_) days.insert(deed.day);
    seat.verdict = static_cast<int>(days.size()) < world_.policy.low_use ? "low-use" : "used";
  }

  /// "An active account that holds no product that grants sign-in is an account-level underlicensed finding without
  /// seat or cost."
  void without_sign_in() {
    const bool gone = account_->left && *account_->left <= day_;
    if (account_->kind != "human" || account_->row->status != "active" || gone) return;
    for (const Seat* seat : mine_)
      if (seat->known && grants_sign_in(*seat->known)) return;
    for (const auto& [vendor, deeds] : account_->deeds)
      for (const Deed& deed : deeds)
        if (deed.human && deed.day >= first_) {
          trial_.result.findings.push_back({"underlicensed",
                                            org_.name,
                                            account_->key,
                                            "",
                                            {},
                                            {},
                                            {},
                                            is_waived(trial_, "underlicensed", *account_->row, "")});
          return;
        }
  }
};

}  // namespace

void judge_tiers(Trial& trial) {
  for (OrgFacts& org : trial.facts.orgs) TierJudge(trial, org).run();
}

}  // namespace property
