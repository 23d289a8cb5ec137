// SPDX-License-Identifier: Apache-2.0
// Builds small fleets by hand, so that a test of the rules needs no file, no store and no catalog of a vendor.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "ingest/activity_block.hpp"
#include "seatlint/fleet.hpp"
#include "seatlint/rules.hpp"

namespace seatlint::testing {

inline Day day(const char* text) { return *parse_day(text); }

/// What remarks list, to be compared.
inline std::vector<std::string> listed(std::span<const std::string_view> texts) { return {texts.begin(), texts.end()}; }
inline std::vector<DayRange> listed(std::span<const DayRange> days) { return {days.begin(), days.end()}; }

/// One org named "default", one vendor named "acme", audit date 2026-09-30. Products first, then accounts, then seats.
class FleetBuilder {
 public:
  FleetBuilder() {
    fleet_.as_of = day("2026-09-30");
    fleet_.window = {fleet_.as_of - 89, fleet_.as_of};
    fleet_.policy = &policy;
    fleet_.catalog = &catalog_;
    fleet_.orgs = {{"default"}};
    fleet_.features = {std::string(sign_in_feature)};
    fleet_.memory.push_back(std::make_shared<Arena>());
    fleet_.files.emplace_back().name = "log.csv";
    fleet_.files.front().kind = RecordKind::activity;
    fleet_.file_used = {false};
    fleet_.log_actions.emplace_back();
    policy.path = "seatlint.toml";
  }
  FleetBuilder(const FleetBuilder&) = delete;
  FleetBuilder& operator=(const FleetBuilder&) = delete;

  Policy policy;

  /// Ids in alphabetical order, please. A price of -1 is none. The result may be changed until judge().
  Product& product(const std::string& id, ProductKind kind, std::int64_t minor, std::vector<std::string> grants,
                   std::vector<std::string> requires_any = {}) {
    auto one = std::make_unique<Product>();
    one->id = id;
    one->vendor = id.substr(0, id.find('.'));
    one->name = id;
    one->kind = kind;
    one->grants = std::move(grants);
    one->requires_any = std::move(requires_any);
    if (kind == ProductKind::base || kind == ProductKind::bundle) one->grants.emplace_back(sign_in_feature);
    if (minor >= 0) one->list_prices.push_back({{minor, "USD"}, day("2026-07-01"), "test"});
    products_.push_back(std::move(one));
    return *products_.back();
  }

  /// Coverage of the vendor; without `actions` the log shows sign-ins only.
  void log(const char* first, const char* last, bool actions = true) {
    CoverageSpan span;
    span.vendor = "acme";
    span.login = {{day(first), day(last)}};
    if (actions) span.action = span.login;
    fleet_.coverage.push_back(std::move(span));
  }

  /// Index of the account; `account(i)` changes it.
  int add_account(const std::string& key, const char* created = "2024-01-01") {
    Account& one = *new (fleet_.memory.front()->room<Account>(1)) Account;
    one.vendor = "acme";
    one.key = one.identity.id = kept(key);
    one.licenses_told = true;
    one.identity.login = one.identity.email = one.shown = kept(key + "@example.com");
    if (created) one.created = day(created);
    fleet_.accounts.push_back(one);
    return static_cast<int>(fleet_.accounts.size()) - 1;
  }
  /// The text, for as long as the fleet lives.
  std::string_view kept(std::string_view text) { return fleet_.memory.front()->keep(text); }
  /// The list, for as long as the fleet lives.
  template <typename Value>
  ListRef<Value> kept(std::initializer_list<Value> list) {
    return fleet_.memory.front()->keep_list(std::span<const Value>(list.begin(), list.size()));
  }
  /// What exports tell of it beside the usual, to be changed.
  AccountMore& more(int at) {
    Account& one = account(at);
    if (one.told_more == nullptr) one.told_more = new (fleet_.memory.front()->room<AccountMore>(1)) AccountMore;
    return *one.told_more;
  }
  /// What HR says of the account, to be changed.
  HrFacts& hr(int at) {
    auto* facts = new (fleet_.memory.front()->room<HrFacts>(1)) HrFacts(account(at).hr());
    more(at).hr = facts;
    return *facts;
  }
  void roles(int at, std::initializer_list<std::string_view> names) { more(at).roles = kept(names); }
  void leave(int at, const char* first, const char* last) {
    const ListRef<DayRange> leaves = kept({DayRange{day(first), day(last)}});
    hr(at).leaves = {leaves.data(), leaves.size()};
  }
  Account& account(int at) { return fleet_.accounts[static_cast<std::size_t>(at)]; }

  /// A product no catalog knows may be named, too.
  void seat(int account, const std::string& product, const char* first_seen = "2024-06-01") {
    Pending one{account, product, {}};
    one.seat.first_seen = one.seat.clock_start = day(first_seen);
    one.seat.clock_origin = "first seen";
    pending_.push_back(std::move(one));
  }
  /// The last seat added.
  Seat& last_seat() { return pending_.back().seat; }

  /// What its last-activity column says.
  void column(int at, LastActivity value) {
    account(at).set_last_activity(value);
    if (value.kind != LastActivity::Kind::on) return;
    FleetAction action;
    action.vendor = "acme";
    action.sign_in = action.from_column = true;
    account(at).column_day.action = static_cast<int>(fleet_.actions.size());
    fleet_.actions.push_back(std::move(action));
  }

  /// Activity: "contact.write" is object contact, verb write, and shows the feature of that name; "sign-in" signs in.
  void use(int at, const std::string& feature, std::vector<const char*> days, bool machine = false) {
    const int action = action_of(feature, machine);
    std::map<int, std::set<std::int32_t>>& used = days_[at];
    for (const char* each : days) used[action].insert(day(each).days);
    FactWriter facts;
    for (const auto& [number, some] : used)
      facts.add(static_cast<std::uint32_t>(number), std::vector<std::int32_t>(some.begin(), some.end()), 1, 1);
    auto* logged = fleet_.memory.front()->room<LoggedBlock>(1);
    new (logged) LoggedBlock{0, 0, kept(facts.block()), nullptr};
    account(at).blocks = BlockChain(logged);
  }

  void contract(const std::string& product, std::int64_t quantity, std::int64_t minor,
                const std::string& currency = "USD") {
    lines_.emplace_back(product, EntitlementLine{});
    lines_.back().second.quantity = quantity;
    lines_.back().second.unit_price = Money{minor, currency};
  }

  void suspect(const std::string& rule, const char* first, const char* last) {
    fleet_.suspicions.push_back({rule, 0, "acme", {day(first), day(last)}, {}});
  }

  Fleet& fleet() {
    if (!built_) build();
    return fleet_;
  }
  /// The verdict of each seat, in the order of accounts and products.
  const Judged& judged() {
    judged_ = judge(fleet());
    return judged_;
  }
  std::vector<std::string> verdicts() {
    std::vector<std::string> names;
    for (const Judgment& judgment : judged().seats) names.emplace_back(judgment.rule->name);
    return names;
  }

 private:
  struct Pending {
    int account;
    std::string product;
    Seat seat;
  };

  Catalog catalog_;
  Fleet fleet_;
  Judged judged_;
  std::vector<std::unique_ptr<Product>> products_;
  std::vector<Pending> pending_;
  std::vector<std::pair<std::string, EntitlementLine>> lines_;
  std::vector<std::pair<std::pair<std::string, bool>, int>> actions_;
  std::map<int, std::map<int, std::set<std::int32_t>>> days_;  // by account and action
  bool built_ = false;

  int action_of(const std::string& feature, bool machine) {
    for (const auto& [key, at] : actions_) {
      if (key == std::make_pair(feature, machine)) return at;
    }
    FleetAction action;
    action.vendor = "acme";
    action.sign_in = feature == sign_in_feature;
    action.object = action.sign_in ? "session" : feature.substr(0, feature.find('.'));
    action.verb = action.sign_in ? "sign-in" : feature.substr(feature.find('.') + 1);
    action.machine = machine;
    fleet_.actions.push_back(std::move(action));
    actions_.push_back({{feature, machine}, static_cast<int>(fleet_.actions.size()) - 1});
    fleet_.log_actions.front().push_back(actions_.back().second);
    return actions_.back().second;
  }

  FeatureSet set_of(const std::vector<std::string>& ids) const {
    FeatureSet set;
    for (const std::string& id : ids) {
      if (const int bit = fleet_.feature_bit(id); bit >= 0) set.set(static_cast<std::size_t>(bit));
    }
    return set;
  }

  void name_features() {
    std::vector<std::string> names;
    for (const auto& product : products_) {
      names.insert(names.end(), product->grants.begin(), product->grants.end());
      names.insert(names.end(), product->conditional.begin(), product->conditional.end());
    }
    for (const auto& [key, at] : actions_) names.push_back(key.first);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::erase(names, std::string(sign_in_feature));
    fleet_.features.insert(fleet_.features.end(), names.begin(), names.end());
    for (const auto& [key, at] : actions_) fleet_.actions[static_cast<std::size_t>(at)].features = set_of({key.first});
  }

  void name_products() {
    for (const auto& product : products_) {
      FleetProduct one;
      one.id = product->id;
      one.name = product->name;
      one.vendor = product->vendor;
      one.known = product.get();
      one.grants = set_of(product->grants);
      one.conditional = set_of(product->conditional);
      fleet_.products.push_back(std::move(one));
    }
    for (const Pending& pending : pending_) {
      const bool known = std::any_of(fleet_.products.begin(), fleet_.products.end(),
                                     [&](const FleetProduct& product) { return product.id == pending.product; });
      if (known) continue;
      FleetProduct one;
      one.id = one.name = pending.product;
      one.vendor = "acme";
      fleet_.products.push_back(std::move(one));
    }
    std::sort(fleet_.products.begin(), fleet_.products.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  }

  void build() {
    built_ = true;
    name_features();
    name_products();
    for (Pending& pending : pending_) {
      pending.seat.account = pending.account;
      pending.seat.product = fleet_.product_index(pending.product);
      fleet_.seats.push_back(std::move(pending.seat));
    }
    std::stable_sort(fleet_.seats.begin(), fleet_.seats.end(), [](const Seat& a, const Seat& b) {
      return std::make_pair(a.account, a.product) < std::make_pair(b.account, b.product);
    });
    for (std::size_t i = 0; i < fleet_.seats.size(); ++i) {
      auto& seats = account(fleet_.seats[i].account).seats;
      seats = {seats.empty() ? static_cast<int>(i) : seats.front(), static_cast<int>(i) + 1};
    }
    for (auto& [product, line] : lines_) {
      line.product = fleet_.product_index(product);
      fleet_.lines.push_back(line);
    }
  }
};

}  // namespace seatlint::testing
