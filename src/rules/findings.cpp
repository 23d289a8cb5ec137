// SPDX-License-Identifier: Apache-2.0
// Builds findings about accounts and products, with the records that prove them.
#include "rules/findings.hpp"

#include <fmt/core.h>

#include <utility>

namespace seatlint {

namespace {

std::string bought_text(const EntitlementLine& line) {
  return fmt::format("{} bought{}", line.quantity, line.unit_price ? " at " + to_string(*line.unit_price) : "");
}

}  // namespace

EvidenceLine policy_evidence(const Fleet& fleet, int line, std::string says) {
  const std::string& path = fleet.policy->path;
  return {path.substr(path.rfind('/') + 1), static_cast<std::uint64_t>(line), std::move(says)};
}

bool bought_per_user(const Fleet& fleet, int product) {
  const Product* known = fleet.products[static_cast<std::size_t>(product)].known;
  return known == nullptr || known->per == "user";
}

void cite(const Fleet& fleet, const Evidence& evidence, Finding& finding) {
  if (evidence.file < 0) return;
  finding.evidence.push_back(
      {fleet.files[static_cast<std::size_t>(evidence.file)].name, evidence.line, std::string(evidence.says)});
}

bool is_told(const Rule& rule) { return rule.family != Family::none || rule.name == "low-use"; }

void name_account(const Fleet& fleet, const Rule& rule, const Account& account, Finding& finding) {
  finding.rule = rule.name;
  finding.code = rule.code;
  finding.family = rule.family;
  finding.severity = rule.severity;
  finding.org = fleet.orgs[static_cast<std::size_t>(account.org)].name;
  finding.account = account.key;
  finding.user = account.shown;
  finding.name = account.name;
  finding.title = account.title;
  finding.department = account.department;
  finding.manager = account.more().manager;
  finding.cost_center = account.more().cost_center;
}

Finding account_finding(const Fleet& fleet, const Rule& rule, const Account& account) {
  Finding finding;
  name_account(fleet, rule, account, finding);
  if (account.row.file >= 0) cite(fleet, {account.row.file, account.row.line, "account"}, finding);
  return finding;
}

Finding product_finding(const Fleet& fleet, const Rule& rule, int org, int product) {
  const FleetProduct& facts = fleet.products[static_cast<std::size_t>(product)];
  Finding finding;
  finding.rule = rule.name;
  finding.code = rule.code;
  finding.family = rule.family;
  finding.severity = rule.severity;
  finding.org = fleet.orgs[static_cast<std::size_t>(org)].name;
  finding.product = facts.id;
  finding.product_name = facts.name;
  for (const EntitlementLine& line : fleet.lines) {
    if (line.org != org || line.product != product || !valid_on(line, fleet.as_of)) continue;
    if (line.policy_line > 0) {
      finding.evidence.push_back(policy_evidence(fleet, line.policy_line, bought_text(line)));
    } else {
      cite(fleet, {line.evidence.file, line.evidence.line, bought_text(line)}, finding);
    }
  }
  return finding;
}

void cite_last_use(const Fleet& fleet, const Account& account, Day day, Finding& finding) {
  Uses unpacked;
  for (const Use& use : unpacked.of(fleet, account)) {
    for (const Proof& proof : proofs_of(fleet, account, use.action)) {
      if (proof.last != day && proof.first != day) continue;
      const FleetAction& action = fleet.actions[static_cast<std::size_t>(use.action)];
      const std::uint64_t line = proof.last == day ? proof.last_line : proof.first_line;
      cite(fleet, {proof.file, line, fmt::format("{} {} on {}", action.object, action.verb, to_string(day))}, finding);
      return;
    }
  }
  if (account.last_activity().kind == LastActivity::Kind::on && account.last_activity().day == day) {
    const RecordPlace column = account.last_activity_row();
    cite(fleet, {column.file, column.line, "last-activity column: " + to_string(day)}, finding);
  }
}

std::vector<const Suspicion*> suspicions_of(const Fleet& fleet, std::string_view rule) {
  std::vector<const Suspicion*> out;
  for (const Suspicion& suspicion : fleet.suspicions) {
    if (suspicion.rule == rule) out.push_back(&suspicion);
  }
  return out;
}

Doubt doubt_about(const Fleet& fleet, const Rule& rule, int org, std::string says, std::string fetch) {
  return {std::string(rule.name), fleet.orgs[static_cast<std::size_t>(org)].name, std::move(says), std::move(fetch)};
}

const ImportedFile* suspected_file(const Fleet& fleet, const Suspicion& suspicion) {
  return suspicion.evidence.file < 0 ? nullptr : &fleet.files[static_cast<std::size_t>(suspicion.evidence.file)];
}

}  // namespace seatlint
