// SPDX-License-Identifier: Apache-2.0
// Counts seats by product as the audit sees them, and writes them down as policy text.
#include "commands/policy_from_store.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/at.hpp"
#include "commands/learned_roles.hpp"
#include "commands/toml_text.hpp"
#include "fleet/load.hpp"

namespace seatlint {
namespace {

/// What is known of one product in one org.
struct Holding {
  std::int64_t assigned = 0, bought = 0;
  bool counted = false;   ///< an export states how many were bought
  std::string stated_in;  ///< a contract list that was imported, with its line
};

class PolicyDraft {
 public:
  PolicyDraft(const Fleet& fleet) : fleet_(fleet) {
    for (const Seat& seat : fleet.seats) ++holdings_[{seat.org, seat.product}].assigned;
    for (const EntitlementLine& line : fleet.lines) {
      Holding& holding = holdings_[{line.org, line.product}];
      if (line.policy_line != 0 || !valid_on(line, fleet.as_of)) continue;
      holding.bought += line.quantity;
      holding.counted = true;
      if (line.unit_price && line.evidence.file >= 0)
        holding.stated_in = fmt::format("{}:{}", at(fleet.files, line.evidence.file).name, line.evidence.line);
    }
  }

  std::string vendor_with_most_seats() const {
    std::map<std::string, std::int64_t> seats;
    for (const auto& [key, holding] : holdings_)
      if (at(fleet_.products, key.second).known != nullptr)
        seats[at(fleet_.products, key.second).vendor] += holding.assigned;
    const auto most =
        std::max_element(seats.begin(), seats.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == seats.end() ? std::string() : most->first;
  }

  std::string contracts() const {
    std::string text = fmt::format(
        "\n# --- contracts: what the exports hold on {} ------------------------------------------------\n"
        "# Replace each quantity with what you bought and each unit_price with what you pay per seat and month.\n",
        to_string(fleet_.as_of));
    for (const auto& [key, holding] : holdings_) text += contract(key.first, at(fleet_.products, key.second), holding);
    return text;
  }

 private:
  std::string contract(int org, const FleetProduct& product, const Holding& holding) const {
    if (product.known != nullptr &&
        (product.known->kind == ProductKind::free || product.known->kind == ProductKind::trial))
      return fmt::format("\n# {}: {} assigned, nothing to pay\n", printable(product.id), holding.assigned);
    if (!holding.stated_in.empty())
      return fmt::format("\n# {}: {} assigned; quantity and price are in {}\n", printable(product.id), holding.assigned,
                         printable(holding.stated_in));
    const ListPrice* price = list_price(product);
    const char* mark = price == nullptr ? "#" : "";
    const std::string& org_name = at(fleet_.orgs, org).name;
    std::string text = fmt::format("\n# {}: {} assigned", printable(product.name), holding.assigned);
    if (holding.counted) text += fmt::format(", {} bought as the export says", holding.bought);
    if (product.known == nullptr) text += "; in no catalog: describe it in a [[product]] to have it judged";
    if (product.known != nullptr && !product.known->observable) text += "; no log shows its use";
    text += '\n';
    if (price != nullptr)
      text += fmt::format("# list price {}{}{}\n", to_string(price->money),
                          price->as_of ? ", " + to_string(*price->as_of) : "",
                          price->source.empty() ? "" : ", " + printable(price->source));
    if (price == nullptr) text += "# no list price is known: put in what you pay and take the # away\n";
    text += fmt::format("{}[[contract]]\n", mark);
    if (org_name != "default") text += fmt::format("{}org        = {}\n", mark, toml_text(org_name));
    text += fmt::format("{}product    = {}\n", mark, toml_text(product.id));
    text += fmt::format("{}quantity   = {}\n", mark, holding.counted ? holding.bought : holding.assigned);
    text +=
        fmt::format("{}unit_price = {}\n", mark,
                    price == nullptr ? "\"0.00 " + fleet_.policy->currency + "\"" : toml_text(to_string(price->money)));
    return text;
  }

  /// In the policy's currency where there is one.
  const ListPrice* list_price(const FleetProduct& product) const {
    if (product.known == nullptr || product.known->list_prices.empty()) return nullptr;
    for (const ListPrice& price : product.known->list_prices)
      if (price.money.currency == fleet_.policy->currency) return &price;
    return &product.known->list_prices.front();
  }

  const Fleet& fleet_;
  std::map<std::pair<int, int>, Holding> holdings_;  ///< by org and product
};

}  // namespace

std::string policy_from_store(const Store& store, const Policy& policy, const Catalog& catalog, Day today,
                              std::string vendor) {
  const Fleet fleet = load_fleet(store, policy, catalog, {std::nullopt, today, {}});
  const PolicyDraft draft(fleet);
  if (vendor.empty()) vendor = draft.vendor_with_most_seats();
  std::string text = policy_template(vendor, catalog);
  // Days in the store are of one zone for good: a policy of another one would be refused.
  const std::string stated = "timezone = \"UTC\"";
  if (const auto zone = store.setting("timezone"); zone && text.find(stated) != std::string::npos)
    text.replace(text.find(stated), stated.size(), "timezone = " + toml_text(*zone));
  return text + draft.contracts() + learned_roles(fleet, judge(fleet, Remarked::told));
}

}  // namespace seatlint
