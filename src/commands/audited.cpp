// SPDX-License-Identifier: Apache-2.0
// Loads the fleet and judges it.
#include "commands/audited.hpp"

#include <utility>

#include "base/reuse_memory.hpp"
#include "fleet/one_person.hpp"
#include "report/build_report.hpp"

namespace seatlint {
namespace {

void override_setting(Setting& setting, const std::optional<int>& value, const char* flag, int least) {
  if (!value) return;
  if (*value < least) throw Error(std::string(flag) + " must be at least " + std::to_string(least));
  setting = {*value, flag};
}

std::unique_ptr<Audited> prepare(const Store& store, Catalog catalog, Policy policy, const AuditScope& scope) {
  constexpr std::size_t bytes_an_account = 1024;  // of lists that a fleet and its verdicts stand in
  std::size_t accounts = 0;
  for (const ImportedFile& file : store.files())
    if (file.kind == RecordKind::users) accounts += static_cast<std::size_t>(file.rows.stored);
  reuse_freed_memory(accounts * bytes_an_account);
  auto audited = std::make_unique<Audited>();
  audited->catalog = std::move(catalog);
  audited->policy = std::move(policy);
  override_setting(audited->policy.window_days, scope.window_days, "--window", 1);
  override_setting(audited->policy.idle_days, scope.idle_days, "--idle-days", 1);
  override_setting(audited->policy.grace_days, scope.grace_days, "--grace-days", 0);
  return audited;
}

}  // namespace

void declare_scope(OptionSet& options, AuditScope& scope) {
  options.day("--as-of", scope.as_of, "audit this day (default: the newest day with evidence for every org)");
  options.number("--window", scope.window_days, "days of use that decide about tiers (default 90)", "DAYS");
  options.number("--idle-days", scope.idle_days, "days without use that make a seat idle (default 90)", "N");
  options.number("--grace-days", scope.grace_days, "days a new seat is left alone (default 30)", "N");
  options.option("--org", scope.org, "audit this org only (default: all)", "NAME");
}

std::unique_ptr<Audited> audit_store(const Store& store, Catalog catalog, Policy policy, const AuditScope& scope,
                                     Day today) {
  auto audited = prepare(store, std::move(catalog), std::move(policy), scope);
  audited->fleet = load_fleet(store, audited->policy, audited->catalog, {scope.as_of, today, scope.org});
  audited->judged = judge(audited->fleet, Remarked::told);
  return audited;
}

std::unique_ptr<Audited> audit_person(const Store& store, Catalog catalog, Policy policy, const AuditScope& scope,
                                      Day today, const std::string& key) {
  auto audited = prepare(store, std::move(catalog), std::move(policy), scope);
  const FleetOptions options{scope.as_of, today, scope.org};
  auto person = load_person(store, audited->policy, audited->catalog, options, key);
  audited->fleet = person ? std::move(*person) : load_fleet(store, audited->policy, audited->catalog, options);
  audited->judged = judge(audited->fleet);
  return audited;
}

}  // namespace seatlint
