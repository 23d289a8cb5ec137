// SPDX-License-Identifier: Apache-2.0
// Counts seats by product and use by title as the audit sees them, and writes them down as policy text.
#include "commands/policy_from_store.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "commands/toml_text.hpp"
#include "fleet/load.hpp"

namespace seatlint {
namespace {

constexpr std::size_t suggested_roles = 12, least_people = 3;

template <typename T>
const T& at(const std::vector<T>& values, int index) {
  return values[static_cast<std::size_t>(index)];
}

/// What is known of one product in one org.
struct Holding {
  std::int64_t assigned = 0, bought = 0;
  bool counted = false;   ///< an export states how many were bought
  std::string stated_in;  ///< a contract list that was imported, with its line
};

class Draft {
 public:
  Draft(const Fleet& fleet) : fleet_(fleet) {
    for (const Seat& seat : fleet.seats) ++holdings_[{at(fleet.accounts, seat.account).org, seat.product}].assigned;
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

  std::string roles() const;

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

/// People of one title (or department) with what they hold and use.
struct Group {
  std::size_t people = 0;
  std::map<std::string, std::size_t> products, features;
};

std::string counts(const std::map<std::string, std::size_t>& items) {
  std::vector<std::pair<std::string, std::size_t>> sorted(items.begin(), items.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (std::size_t i = 0; i < sorted.size() && i < 6; ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", printable(sorted[i].first), sorted[i].second);
  return text.empty() ? "nothing" : text;
}

/// What at least half of the people have, as a TOML list.
std::string usual(const std::map<std::string, std::size_t>& items, std::size_t people) {
  std::string text;
  for (const auto& [name, count] : items)
    if (count * 2 >= people) text += (text.empty() ? "" : ", ") + toml_text(name);
  return "[" + text + "]";
}

FeatureSet features_used(const Fleet& fleet, const Account& account) {
  FeatureSet used;
  for (const Use& use : account.uses)
    if (use.days.count_in(fleet.window) > 0) used |= at(fleet.actions, use.action).features;
  return used;
}

std::string Draft::roles() const {
  const bool by_title = std::any_of(fleet_.accounts.begin(), fleet_.accounts.end(),
                                    [](const Account& account) { return !account.title.empty(); });
  std::map<std::string, Group> groups;
  for (const Account& account : fleet_.accounts) {
    const std::string& name = by_title ? account.title : account.department;
    if (name.empty() || account.account_class != AccountClass::human || account.seats.empty()) continue;
    Group& group = groups[name];
    ++group.people;
    for (const int seat : account.seats) {
      const FleetProduct& product = at(fleet_.products, at(fleet_.seats, seat).product);
      if (product.known != nullptr) ++group.products[product.id];  // a role can only ask for products that are known
    }
    const FeatureSet used = features_used(fleet_, account);
    for (std::size_t bit = 1; bit < fleet_.features.size(); ++bit)
      if (used.test(bit)) ++group.features[fleet_.features[bit]];
  }
  std::vector<std::pair<std::string, const Group*>> largest;
  for (const auto& [name, group] : groups)
    if (group.people >= least_people) largest.emplace_back(name, &group);
  std::stable_sort(largest.begin(), largest.end(),
                   [](const auto& a, const auto& b) { return a.second->people > b.second->people; });
  if (largest.size() > suggested_roles) largest.resize(suggested_roles);
  if (largest.empty()) return {};
  std::string text =
      "\n# --- roles as the exports suggest them -------------------------------------------------------\n"
      "# license: what a role should hold; keep: never recommend a license without these features.\n";
  for (const auto& [name, group] : largest) {
    text += fmt::format("\n# {} people hold {}; in the window they used {}\n", group->people, counts(group->products),
                        counts(group->features));
    text += fmt::format("#[[role]]\n#name    = {}\n#match   = {{ {} = {} }}\n#license = {}\n#keep    = {}\n",
                        toml_text(name), by_title ? "title" : "department", toml_text(name),
                        usual(group->products, group->people), usual(group->features, group->people));
  }
  return text;
}

}  // namespace

std::string policy_from_store(const Store& store, const Policy& policy, const Catalog& catalog, Day today,
                              std::string vendor) {
  const Fleet fleet = load_fleet(store, policy, catalog, {std::nullopt, today, {}});
  const Draft draft(fleet);
  if (vendor.empty()) vendor = draft.vendor_with_most_seats();
  std::string text = policy_template(vendor, catalog);
  // Days in the store are of one zone for good: a policy of another one would be refused.
  const std::string stated = "timezone = \"UTC\"";
  if (const auto zone = store.setting("timezone"); zone && text.find(stated) != std::string::npos)
    text.replace(text.find(stated), stated.size(), "timezone = " + toml_text(*zone));
  return text + draft.contracts() + draft.roles();
}

}  // namespace seatlint
