// SPDX-License-Identifier: Apache-2.0
// What a read policy answers: does a pattern match, and which threshold holds for a seat.
#include "seatlint/policy.hpp"

#include <algorithm>

namespace seatlint {
namespace {

std::string_view attribute(const Subject& subject, std::string_view key) {
  if (key == "id") return subject.id;
  if (key == "login") return subject.login;
  if (key == "email") return subject.email;
  if (key == "name") return subject.name;
  if (key == "title") return subject.title;
  if (key == "department") return subject.department;
  if (key == "manager") return subject.manager;
  if (key == "cost_center") return subject.cost_center;
  if (key == "profile") return subject.profile;
  if (key == "product") return subject.product;
  return {};
}

bool any_matches(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return glob_match(glob, text); });
}

std::string file_of(const Policy& policy) {
  const auto slash = policy.path.find_last_of("/\\");
  return slash == std::string::npos ? policy.path : policy.path.substr(slash + 1);
}

/// Product beats class beats general; the origin is the line of the key that decided.
Setting pick(const Policy& policy, std::string_view product, AccountClass account_class,
             std::optional<int> Thresholds::*which, const char* key, const Setting& general) {
  const auto from = [&](const Thresholds& thresholds, const std::string& name,
                        const std::string& whose) -> std::optional<Setting> {
    if (!(thresholds.*which)) return std::nullopt;
    const auto line = policy.threshold_lines.find(name + "." + key);
    const int at = line == policy.threshold_lines.end() ? 0 : line->second;
    return Setting{*(thresholds.*which), file_of(policy) + ":" + std::to_string(at) + ", of " + whose};
  };
  if (const auto found = policy.product_thresholds.find(std::string(product));
      found != policy.product_thresholds.end()) {
    if (const auto setting = from(found->second, "product:" + found->first, "the product")) return *setting;
  }
  if (const auto found = policy.class_thresholds.find(account_class); found != policy.class_thresholds.end()) {
    const std::string name(to_string(account_class));
    if (const auto setting = from(found->second, "class:" + name, "class " + name)) return *setting;
  }
  return general;
}

}  // namespace

bool Match::operator()(const Subject& subject) const {
  if (keys.empty()) return false;
  return std::all_of(keys.begin(), keys.end(), [&](const auto& entry) {
    if (entry.first != "role") return any_matches(entry.second, attribute(subject, entry.first));
    return std::any_of(subject.roles.begin(), subject.roles.end(),
                       [&](std::string_view role) { return any_matches(entry.second, role); });
  });
}

Setting Policy::idle_days_for(std::string_view product, AccountClass account_class) const {
  return pick(*this, product, account_class, &Thresholds::idle_days, "idle_days", idle_days);
}

Setting Policy::grace_days_for(std::string_view product, AccountClass account_class) const {
  return pick(*this, product, account_class, &Thresholds::grace_days, "grace_days", grace_days);
}

}  // namespace seatlint
