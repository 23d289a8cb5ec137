// SPDX-License-Identifier: Apache-2.0
// Fills the report in the order a reader meets it.
#include "report/build_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <map>

#include "base/in_parallel.hpp"
#include "base/reserve_touched.hpp"
#include "report/order.hpp"
#include "report/surroundings.hpp"
#include "report/totals.hpp"
#include "rules/findings.hpp"

namespace seatlint {
namespace {

constexpr std::size_t fewest_findings = 1000, fewest_seats = 10'000;  // for which a thread is worth its while

bool listed(const std::vector<std::string>& names, const Rule& rule) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return name == rule.name || name == to_string(rule.family); });
}

bool wanted(const Rule& rule, const ReportOptions& options) {
  if (!options.families.empty() && !listed(options.families, rule)) return false;
  if (!options.select.empty() && !listed(options.select, rule)) return false;
  return !listed(options.ignore, rule);
}

/// The first account that a finding's names mean; -1: none.
int account_of(const Fleet& fleet, const Finding& finding) {
  if (finding.account.empty()) return -1;
  const auto name = [&](const Account& account) {
    return std::pair<std::string_view, std::string_view>(fleet.orgs[static_cast<std::size_t>(account.org)].name,
                                                         account.key);
  };
  const std::pair<std::string_view, std::string_view> wanted(finding.org, finding.account);
  const auto at = std::lower_bound(fleet.accounts.begin(), fleet.accounts.end(), wanted,
                                   [&](const Account& account, const auto& key) { return name(account) < key; });
  return at == fleet.accounts.end() || name(*at) != wanted ? -1 : static_cast<int>(at - fleet.accounts.begin());
}

Finding finding_of(const Fleet& fleet, const Judgment& judgment) {
  const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
  const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
  const FleetProduct& product = fleet.products[static_cast<std::size_t>(seat.product)];
  Finding finding = account_finding(fleet, *judgment.rule, account);
  finding.certainty = judgment.remarks().certainty;
  finding.role = judgment.remarks().role;
  finding.product = product.id;
  finding.product_name = product.name;
  finding.cost = judgment.cost;
  finding.saving = judgment.saving;
  finding.suggest = judgment.remarks().suggest;
  for (const std::string& id : judgment.remarks().suggest)
    if (const int at = fleet.product_index(id); at >= 0)
      finding.suggest_names.push_back(fleet.products[static_cast<std::size_t>(at)].name);
  finding.suggest_cost = judgment.remarks().suggest_cost;
  finding.last_activity = judgment.last_activity;
  finding.days_used = judgment.days_used;
  finding.why = judgment.remarks().why;
  finding.notes = judgment.remarks().notes;
  finding.evidence = evidence_of(fleet, account, &seat);
  finding.waived = judgment.remarks().waived;
  return finding;
}

void add_borderline(const Fleet& fleet, const Judged& judged, Report& report) {
  for (const Judgment& judgment : judged.seats) {
    if (!judgment.borderline) continue;
    const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
    const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
    const FleetProduct& product = fleet.products[static_cast<std::size_t>(seat.product)];
    const Borderline& close = *judgment.borderline;
    report.borderline.push_back({fleet.orgs[static_cast<std::size_t>(account.org)].name, std::string(account.key),
                                 std::string(account.shown), product.id, product.name, std::string(judgment.rule->name),
                                 std::string(close.becomes ? close.becomes->name : "used"), std::string(close.setting),
                                 close.value, close.flips_at, judgment.last_activity});
  }
}

void add_inputs(const Fleet& fleet, Report& report) {
  for (std::size_t i = 0; i < fleet.files.size(); ++i) {
    if (!fleet.file_used[i]) continue;
    const ImportedFile& file = fleet.files[i];
    InputLine line{file.name, file.sha256, std::string(to_string(file.kind)), file.org, file.profile, file.rows.read,
                   {},        {}};
    line.first = file.covers ? std::optional(file.covers->first) : file.snapshot_date;
    line.last = file.covers ? std::optional(file.covers->last) : file.snapshot_date;
    report.inputs.push_back(std::move(line));
  }
}

bool noted(const Judgment& judgment, std::string_view note) {
  const std::vector<std::string>& notes = judgment.remarks().notes;
  return std::any_of(notes.begin(), notes.end(), [&](const std::string& text) { return text.starts_with(note); });
}

void add_seats(const Judged& judged, Report& report) {
  std::map<std::string_view, CrosswalkRow> rows;
  for (const Judgment& judgment : judged.seats) {
    CrosswalkRow& row = rows[judgment.rule->name];
    row.verdict = judgment.rule->name;
    row.family = judgment.rule->family;
    ++row.seats;
    row.waived += judgment.is_waived();
    if (judgment.cost) row.minor[judgment.cost->currency] += judgment.cost->minor;
    report.tier_unjudged += judgment.tier_unjudged;
    if (judgment.own == nullptr) continue;
    report.tier_unpriced += noted(judgment, "tier-unpriced");
    report.conditional_downgrades += judgment.own->conditional_saving.has_value();
  }
  report.assigned = static_cast<std::int64_t>(judged.seats.size());
  for (const Rule* rule : rules())
    if (const auto row = rows.find(rule->name); row != rows.end()) report.crosswalk.push_back(std::move(row->second));
}

FindingKey key_of(const Fleet& fleet, const Judgment& judgment) {
  const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
  const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
  return {judgment.is_waived(),
          judgment.rule->severity,
          saves(judgment.saving) ? &*judgment.saving : nullptr,
          judgment.rule->name,
          fleet.orgs[static_cast<std::size_t>(account.org)].name,
          account.key,
          account.shown,
          fleet.products[static_cast<std::size_t>(seat.product)].id,
          judgment.remarks().why};
}

/// Findings that no single seat stands for.
std::vector<Finding> other_findings(const Fleet& fleet, const Judged& judged, const ReportOptions& options,
                                    std::vector<Doubt>& doubts) {
  std::vector<Finding> all;
  for (const Finding& finding : judged.account_findings)
    if (wanted(*find_rule(finding.rule), options)) all.push_back(finding);
  for (const Rule* rule : rules()) {
    if (rule->find == nullptr) continue;
    // A doubt is never silenced by asking for one family: it says what the numbers rest on.
    std::vector<Finding> findings;
    rule->find(fleet, judged, findings, doubts);
    if (!wanted(*rule, options)) continue;
    std::move(findings.begin(), findings.end(), std::back_inserter(all));
  }
  for (Finding& finding : all) {
    const int account = finding.evidence.empty() ? account_of(fleet, finding) : -1;
    if (account >= 0) finding.evidence = evidence_of(fleet, fleet.accounts[static_cast<std::size_t>(account)], nullptr);
  }
  return all;
}

/// Put in order before those of seats are made: findings are large, and made where they stay.
void add_findings(const Fleet& fleet, const Judged& judged, const ReportOptions& options, std::vector<Finding> others,
                  Report& report) {
  std::vector<const Judgment*> told;
  std::vector<FindingKey> keys;
  for (const Judgment& judgment : judged.seats) {
    if (!is_told(*judgment.rule) || !wanted(*judgment.rule, options)) continue;
    told.push_back(&judgment);
    keys.push_back(key_of(fleet, judgment));
  }
  for (const Finding& finding : others) keys.push_back(key_of(finding));
  const std::vector<std::size_t> order = order_of(keys);
  reserve_touched(report.findings, order.size());
  report.findings.resize(order.size());
  in_pieces(order.size(), fewest_findings, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i)
      report.findings[i] =
          order[i] < told.size() ? finding_of(fleet, *told[order[i]]) : std::move(others[order[i] - told.size()]);
  });
}

}  // namespace

Report build_report(const Fleet& fleet, const Judged& judged, const ReportOptions& options) {
  Report report;
  report.as_of = fleet.as_of;
  report.as_of_given = fleet.as_of_given;
  report.today = options.today;
  report.window = fleet.window;
  report.idle_days = fleet.policy->idle_days.value;
  report.grace_days = fleet.policy->grace_days.value;
  report.policy_path = fleet.policy->path;
  report.policy_sha256 = fleet.policy->sha256;
  for (const CatalogSource& source : fleet.catalog->sources)
    if (std::any_of(judged.positions.begin(), judged.positions.end(), [&](const Position& position) {
          return fleet.products[static_cast<std::size_t>(position.product)].vendor == source.id;
        }))
      report.catalogs.emplace_back(source.id, source.as_of);
  report.accounts = static_cast<std::int64_t>(fleet.accounts.size());
  add_inputs(fleet, report);
  // What the books and the surroundings say is nothing that is counted or listed here.
  auto kept = std::async(judged.seats.size() < fewest_seats ? std::launch::deferred : std::launch::async, [&] {
    add_surroundings(fleet, judged, report);
    return keep_books(fleet, judged);
  });
  add_seats(judged, report);
  add_borderline(fleet, judged, report);
  std::vector<Finding> others = other_findings(fleet, judged, options, report.doubts);
  Books books = kept.get();
  report.products = std::move(books.products);
  report.money = std::move(books.money);
  add_findings(fleet, judged, options, std::move(others), report);
  add_waivers(fleet, report);
  for (const std::vector<std::string>* names : {&options.families, &options.select})
    report.asked.insert(report.asked.end(), names->begin(), names->end());
  for (const Diagnostic& diagnostic : fleet.diagnostics)
    report.doubts.push_back({"unmatched-identities", "", diagnostic.says, ""});
  std::sort(report.doubts.begin(), report.doubts.end(), [](const Doubt& a, const Doubt& b) {
    return std::tie(a.org, a.rule, a.says) < std::tie(b.org, b.rule, b.says);
  });
  return report;
}

}  // namespace seatlint
