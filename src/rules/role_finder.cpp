// SPDX-License-Identifier: Apache-2.0
// Matches accounts with roles, once for each combination of titles, departments and so on.
#include "rules/role_finder.hpp"

#include <set>

namespace seatlint {
namespace {

void append(std::string& text, std::string_view value) {
  text += value;
  text += '\n';
}

}  // namespace

Subject subject_of(const Account& account, std::string_view product) {
  Subject subject;
  subject.id = account.identity.id;
  subject.login = account.identity.login;
  subject.email = account.identity.email;
  subject.name = account.name;
  subject.title = account.title;
  subject.department = account.department;
  subject.manager = account.more().manager;
  subject.cost_center = account.more().cost_center;
  subject.profile = account.more().profile_name;
  subject.product = product;
  subject.roles = account.more().roles;
  return subject;
}

RoleFinder::RoleFinder(const FleetIndex& index) : index_(index) {
  const Fleet& fleet = index.fleet();
  static const std::set<std::string, std::less<>> shared{"title",       "department", "manager", "cost_center",
                                                         "cost-center", "profile",    "role",    "roles"};
  for (const Role& role : fleet.policy->roles) {
    std::vector<bool> licenses(fleet.products.size(), false);
    for (const std::string& id : role.license) {
      int product = fleet.product_index(id);
      if (product < 0 && fleet.catalog) {
        if (const Product* known = fleet.catalog->resolve({}, id, true)) product = fleet.product_index(known->id);
      }
      if (product >= 0) licenses[static_cast<std::size_t>(product)] = true;
    }
    licenses_.push_back(std::move(licenses));
    FeatureSet keeps;
    for (const std::string& id : role.keep) {
      if (const int bit = fleet.feature_bit(id); bit >= 0) keeps.set(static_cast<std::size_t>(bit));
    }
    keeps_.push_back(keeps);
    for (const auto& [key, globs] : role.match.keys) {
      personal_ |= !shared.contains(key);
    }
  }
}

int RoleFinder::find(const Account& account) {
  const auto& roles = index_.fleet().policy->roles;
  if (roles.empty()) return -1;
  std::string key;
  if (!personal_) {
    append(key, account.title);
    append(key, account.department);
    append(key, account.more().manager);
    append(key, account.more().cost_center);
    append(key, account.more().profile_name);
    for (const std::string_view role : account.more().roles) append(key, role);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
  }
  const Subject subject = subject_of(account);
  int at = -1;
  for (std::size_t i = 0; i < roles.size() && at < 0; ++i) {
    if (roles[i].match(subject)) at = static_cast<int>(i);
  }
  if (!personal_) known_.emplace(std::move(key), at);
  return at;
}

bool RoleFinder::lists(int role, int product) const {
  return licenses_[static_cast<std::size_t>(role)][static_cast<std::size_t>(product)];
}

FeatureSet RoleFinder::keeps(int role, int vendor) const {
  return role < 0 ? FeatureSet{} : keeps_[static_cast<std::size_t>(role)] & index_.granted_by(vendor);
}

}  // namespace seatlint
