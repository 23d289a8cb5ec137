// SPDX-License-Identifier: Apache-2.0
// Numbers products, scopes, thresholds and prices of a fleet.
#include "rules/fleet_index.hpp"

#include <algorithm>
#include <set>

#include "seatlint/profile.hpp"

namespace seatlint {
namespace {

constexpr std::size_t class_count = 5;

std::vector<std::string> folded(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const std::string& word : words) out.push_back(fold_case(word));
  std::sort(out.begin(), out.end());
  return out;
}

bool contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

/// A capped list of users takes no day away from a log.
bool is_about_log(const Fleet& fleet, const Suspicion& doubt) {
  return doubt.evidence.file < 0 ||
         fleet.files[static_cast<std::size_t>(doubt.evidence.file)].kind == RecordKind::activity;
}

FleetIndex::FleetIndex(const Fleet& fleet) : fleet_(fleet) {
  number_products();
  relate_products();
  mark_actions();
  prove_days();
  const std::size_t cells = fleet.orgs.size() * fleet.products.size();
  prices_.resize(cells);
  priced_.resize(cells, false);
  holders_.resize(cells, 0);
  for (const Seat& seat : fleet.seats) {
    ++holders_[cell(seat.org, seat.product)];
  }
}

std::size_t FleetIndex::cell(int org, int product) const {
  return static_cast<std::size_t>(org) * fleet_.products.size() + static_cast<std::size_t>(product);
}

const ProvenDays& FleetIndex::proven(int org, int scope_at) const {
  return proven_[static_cast<std::size_t>(org) * scopes_.size() + static_cast<std::size_t>(scope_at)];
}

const Setting& FleetIndex::idle_days(int product, AccountClass account_class) const {
  return thresholds_[static_cast<std::size_t>(product) * class_count + static_cast<std::size_t>(account_class)].first;
}

const Setting& FleetIndex::grace_days(int product, AccountClass account_class) const {
  return thresholds_[static_cast<std::size_t>(product) * class_count + static_cast<std::size_t>(account_class)].second;
}

const UnitPrice& FleetIndex::price(int org, int product) const {
  const std::size_t at = cell(org, product);
  if (!priced_[at]) {
    prices_[at] = unit_price(fleet_, org, product);
    priced_[at] = true;
  }
  return prices_[at];
}

void FleetIndex::number_products() {
  std::map<std::string, int> vendors;
  for (const FleetProduct& product : fleet_.products) {
    ProductFacts facts;
    std::vector<std::string> applications;
    if (const Product* known = product.known) {
      facts.known = true;
      facts.free = known->kind == ProductKind::free || known->kind == ProductKind::trial;
      facts.extra = known->kind == ProductKind::attach || known->kind == ProductKind::addon;
      facts.grants_known = known->grants_known;
      facts.observable = known->observable;
      applications = folded(known->applications);
    }
    facts.sign_in = product.grants.test(0);
    facts.vendor = vendors.try_emplace(product.vendor, static_cast<int>(vendors.size())).first->second;
    const auto same = [&](const Scope& s) { return s.vendor == product.vendor && s.applications == applications; };
    const auto found = std::find_if(scopes_.begin(), scopes_.end(), same);
    facts.scope = static_cast<int>(found - scopes_.begin());
    if (found == scopes_.end()) scopes_.push_back({product.vendor, applications, {}});
    products_.push_back(std::move(facts));
    for (std::size_t c = 0; c < class_count; ++c) {
      const auto account_class = static_cast<AccountClass>(c);
      thresholds_.emplace_back(fleet_.policy->idle_days_for(product.id, account_class),
                               fleet_.policy->grace_days_for(product.id, account_class));
    }
  }
  by_vendor_.resize(vendors.size());
  granted_.resize(vendors.size());
}

void FleetIndex::relate_products() {
  for (std::size_t at = 0; at < products_.size(); ++at) {
    ProductFacts& facts = products_[at];
    by_vendor_[static_cast<std::size_t>(facts.vendor)].push_back(static_cast<int>(at));
    granted_[static_cast<std::size_t>(facts.vendor)] |= fleet_.products[at].grants;
    const Product* known = fleet_.products[at].known;
    if (!known) continue;
    const auto resolve = [&](const std::vector<std::string>& ids, std::vector<int>& out) {
      for (const std::string& id : ids) {
        if (const int other = fleet_.product_index(id); other >= 0 && other != static_cast<int>(at))
          out.push_back(other);
      }
    };
    resolve(known->requires_any, facts.bases);
    resolve(known->excludes, facts.excludes);
    resolve(known->not_in_environment_with, facts.not_beside);
    facts.any_base = facts.extra && known->requires_any.empty();
  }
  for (std::size_t at = 0; at < products_.size(); ++at) {  // both relations hold in both directions
    const int self = static_cast<int>(at);
    for (int other : products_[at].excludes) {
      auto& back = products_[static_cast<std::size_t>(other)].excludes;
      if (!contains(back, self)) back.push_back(self);
    }
    for (int other : products_[at].not_beside) {
      auto& back = products_[static_cast<std::size_t>(other)].not_beside;
      if (!contains(back, self)) back.push_back(self);
    }
  }
}

void FleetIndex::mark_actions() {
  std::vector<std::string> apps;
  for (const FleetAction& action : fleet_.actions) apps.push_back(fold_case(action.app));
  for (Scope& scope : scopes_) {
    scope.actions.resize(fleet_.actions.size(), 0);
    for (std::size_t i = 0; i < fleet_.actions.size(); ++i) {
      const FleetAction& action = fleet_.actions[i];
      if (action.vendor != scope.vendor) continue;
      const auto& named = scope.applications;
      if (!apps[i].empty() && !named.empty() && !std::binary_search(named.begin(), named.end(), apps[i])) continue;
      scope.actions[i] =
          static_cast<std::uint8_t>(in_scope | (action.machine ? by_machine : 0) | (action.sign_in ? is_sign_in : 0));
    }
  }
}

void FleetIndex::prove_days() {
  for (std::size_t org = 0; org < fleet_.orgs.size(); ++org) {
    for (const Scope& scope : scopes_) proven_.push_back(prove(static_cast<int>(org), scope));
  }
  std::set<std::pair<int, std::string_view>> sources = with_column(fleet_);
  // A column whose values are all unknown is a source all the same: the next export may fill it.
  const Day horizon = fleet_.as_of + fleet_.policy->snapshot_slack_days.value;
  for (const ImportedFile& file : fleet_.files) {
    if (!file.has_last_activity || !file.snapshot_date || *file.snapshot_date > horizon) continue;
    for (std::size_t org = 0; org < fleet_.orgs.size(); ++org)
      if (fleet_.orgs[org].name == file.org) sources.insert({static_cast<int>(org), file.vendor});
  }
  for (std::size_t i = 0; i < proven_.size(); ++i) {
    const int org = static_cast<int>(i / scopes_.size());
    proven_[i].has_column = sources.count({org, scopes_[i % scopes_.size()].vendor}) > 0;
  }
}

std::string FleetIndex::retention(const std::string& org, const Scope& scope) const {
  std::set<std::string> sources;
  for (std::size_t i = 0; i < fleet_.files.size(); ++i) {
    const ImportedFile& file = fleet_.files[i];
    if (!fleet_.file_used[i] || file.org != org || file.vendor != scope.vendor) continue;
    const auto& named = scope.applications;
    if (!file.app.empty() && !named.empty() && !std::binary_search(named.begin(), named.end(), fold_case(file.app)))
      continue;
    const Profile* profile = builtin_profile(file.profile);
    if (profile == nullptr || profile->retention_days == 0) continue;
    if (file.kind == RecordKind::activity || file.has_last_activity)
      sources.insert(profile->name + " keeps " + std::to_string(profile->retention_days) + " days");
  }
  std::string text;
  for (const std::string& source : sources) text += (text.empty() ? "" : ", ") + source;
  return text;
}

ProvenDays FleetIndex::prove(int org, const Scope& scope) const {
  ProvenDays out;
  const auto concerns = [&](std::string_view app) {
    return app.empty() || scope.applications.empty() ||
           std::binary_search(scope.applications.begin(), scope.applications.end(), fold_case(app));
  };
  // Coverage already lacks the days at which a capped file was cut.
  DayRanges login, action, by_hand;
  for (const CoverageSpan& span : fleet_.coverage) {
    if (span.org != org || span.vendor != scope.vendor || !concerns(span.app)) continue;
    out.has_log = true;
    login.insert(login.end(), span.login.begin(), span.login.end());
    action.insert(action.end(), span.action.begin(), span.action.end());
  }
  for (const Suspicion& doubt : fleet_.suspicions) {
    if (doubt.org != org || doubt.vendor != scope.vendor || !is_about_log(fleet_, doubt)) continue;
    if (doubt.rule == "feed-stopped") out.stopped.push_back(doubt.days);
  }
  const std::string& org_name = fleet_.orgs[static_cast<std::size_t>(org)].name;
  for (const ImportedFile& file : fleet_.files) {
    if (file.kind != RecordKind::activity || file.org != org_name || file.vendor != scope.vendor || !concerns(file.app))
      continue;
    if (!file.covers_stated_by_hand || !file.covers) continue;
    const DayRanges rest = file.days ? without({*file.covers}, {*file.days}) : DayRanges{*file.covers};
    by_hand.insert(by_hand.end(), rest.begin(), rest.end());
    out.action_by_hand |= file.gives_actions && touches(rest, fleet_.window);
  }
  out.kept = retention(org_name, scope);
  out.stopped = united(std::move(out.stopped));
  out.by_hand = united(std::move(by_hand));
  out.login = without(united(std::move(login)), out.stopped);
  out.action_missing = without({fleet_.window}, united(std::move(action)));
  return out;
}

}  // namespace seatlint
