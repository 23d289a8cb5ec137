// SPDX-License-Identifier: Apache-2.0
// The walk from the store to a judged fleet, shared by the commands that ask about verdicts.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "commands/command.hpp"
#include "fleet/load.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

/// What the command line may say over the policy.
struct AuditScope {
  std::optional<Day> as_of;
  std::optional<int> window_days, idle_days, grace_days;
  std::string org;
};
void declare_scope(OptionSet& options, AuditScope& scope);

/// Policy, catalog and fleet point into each other: one value, kept where it was made.
struct Audited {
  Catalog catalog;
  Policy policy;
  Fleet fleet;
  Judged judged;
};
/// `policy` and `catalog` as loaded; flags of `scope` replace their general thresholds.
std::unique_ptr<Audited> audit_store(const Store& store, Catalog catalog, Policy policy, const AuditScope& scope,
                                     Day today);
/// The same for whoever answers to `key` (folded): of the rest of the fleet only what their verdicts rest on, where
/// that can be told.
std::unique_ptr<Audited> audit_person(const Store& store, Catalog catalog, Policy policy, const AuditScope& scope,
                                      Day today, const std::string& key);

}  // namespace seatlint
