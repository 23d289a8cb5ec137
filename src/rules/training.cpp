// SPDX-License-Identifier: Apache-2.0
// A hint for the people who plan courses: a dear license of which little is used.
#include <fmt/core.h>

#include <algorithm>

#include "rules/activity.hpp"
#include "rules/findings.hpp"
#include "rules/fleet_index.hpp"
#include "rules/judge.hpp"
#include "rules/wording.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule training_rule;

namespace {

bool is_on(const Policy& policy) {
  const auto& forbid = policy.privacy.forbid;
  return policy.training_features.value > 0 && std::find(forbid.begin(), forbid.end(), "training") == forbid.end();
}

/// Dear: another license of its vendor, still sold and with sign-in, costs less.
bool is_dear(const FleetIndex& index, int org, int product) {
  const auto& own = index.price(org, product).money;
  if (!own || !index.product(product).sign_in) return false;
  const auto& rivals = index.products_of(index.product(product).vendor);
  return std::any_of(rivals.begin(), rivals.end(), [&](int rival) {
    const Product* known = index.fleet().products[static_cast<std::size_t>(rival)].known;
    const auto& price = index.price(org, rival).money;
    return known != nullptr && known->offered && index.product(rival).sign_in && !index.product(rival).free && price &&
           price->currency == own->currency && price->minor < own->minor;
  });
}

void find_training(const Fleet& fleet, const Judged& judged, std::vector<Finding>& findings, std::vector<Doubt>&) {
  if (!is_on(*fleet.policy)) return;
  const FleetIndex index(fleet);
  ActivityReader reader(index);
  const auto most = static_cast<std::size_t>(fleet.policy->training_features.value);
  for (const Judgment& judgment : judged.seats) {
    if (judgment.rule != &seat_rule(row_used)) continue;
    const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
    const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
    if (account.account_class != AccountClass::human || !is_dear(index, account.org, seat.product)) continue;
    const int scope = index.product(seat.product).scope;
    if (!index.proven(account.org, scope).action_missing.empty()) continue;
    const Activity activity = reader.of(account, scope);
    FeatureSet granted = fleet.products[static_cast<std::size_t>(seat.product)].grants;
    granted.reset(0);
    const FeatureSet used = activity.features & granted;
    if (!activity.beyond_sign_in || used.count() == 0 || used.count() > most || granted.count() <= most) continue;
    Finding finding = account_finding(fleet, training_rule, account);
    const FleetProduct& product = fleet.products[static_cast<std::size_t>(seat.product)];
    finding.certainty = "hint";
    finding.product = product.id;
    finding.product_name = product.name;
    finding.last_activity = judgment.last_activity;
    finding.days_used = judgment.days_used;
    finding.why = fmt::format("used {} of the {} features it grants on {} of {}..{}: {}; training is for up to {}",
                              used.count(), granted.count(), days_text(judgment.days_used),
                              to_string(fleet.window.first), to_string(fleet.window.last), features_text(fleet, used),
                              setting_text(fleet.policy->training_features));
    if (judgment.last_activity) cite_last_use(fleet, account, *judgment.last_activity, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace

const Rule training_rule{
    .name = "training",
    .code = "SL107",
    .family = Family::none,
    .severity = Severity::info,
    .summary = "active, but on at most `training_features` features of a dear license",
    .description =
        R"(Off unless `training_features` is set. Somebody works with a license regularly and uses few of the features it grants,
while its vendor sells a cheaper one: perhaps nobody showed the rest. A hint for whoever plans courses, never a reason to
take the license away: seats that a cheaper set would serve are `downgrade` and not listed here. It needs a log of what
users did over the whole window, concerns people only, and carries no money. `[privacy] forbid = ["training"]` forbids the
rule altogether.

**Settings:** `training_features` in `[audit]`.)",
    .find = find_training,
};

}  // namespace seatlint
