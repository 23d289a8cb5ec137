// SPDX-License-Identifier: Apache-2.0
// Fills the report in the order a reader meets it.
#include "report/build_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <memory>
#include <vector>

#include "base/fetch.hpp"
#include "base/in_parallel.hpp"
#include "report/order.hpp"
#include "report/rule_set.hpp"
#include "report/surroundings.hpp"
#include "report/totals.hpp"
#include "rules/findings.hpp"
#include "rules/waivers.hpp"

namespace seatlint {
namespace {

constexpr std::size_t fewest_seats = 10'000;  // for which a thread is worth its while

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

/// Over whatever `finding` holds.
void make_finding(const Fleet& fleet, const Judgment& judgment, Finding& finding) {
  const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
  const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
  const FleetProduct& product = fleet.products[static_cast<std::size_t>(seat.product)];
  const Remarks& remarks = judgment.remarks();
  name_account(fleet, *judgment.rule, account, finding);
  finding.certainty = remarks.certainty;
  finding.role = remarks.role;
  finding.product = product.id;
  finding.product_name = product.name;
  finding.cost = judgment.cost;
  finding.saving = judgment.saving();
  finding.suggest.assign(remarks.suggest.begin(), remarks.suggest.end());
  finding.suggest_names.clear();
  for (const std::string_view id : remarks.suggest)
    if (const int at = fleet.product_index(id); at >= 0)
      finding.suggest_names.push_back(fleet.products[static_cast<std::size_t>(at)].name);
  finding.suggest_cost = remarks.suggest_cost;
  finding.last_activity = judgment.last_activity;
  finding.days_used = judgment.days_used;
  finding.why = remarks.why;
  finding.notes.assign(remarks.notes.begin(), remarks.notes.end());
  list_evidence(fleet, account, &seat, finding.evidence);
  finding.waived = judgment.waived() ? waived_by(fleet, judgment.waiver) : nullptr;
  finding.is_new = std::nullopt;
  finding.count = 1;
}

void add_borderline(const Fleet& fleet, const Judged& judged, Report& report) {
  const auto close_calls = those_in_parallel(judged.seats.size(), fewest_seats,
                                             [&](std::size_t i) { return judged.seats[i].borderline != nullptr; });
  report.borderline.reserve(close_calls.size());
  for (const std::size_t at : close_calls) {
    const Judgment& judgment = judged.seats[at];
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

void add_seats(const Judged& judged, Report& report) {
  struct Row {
    const Rule* rule = nullptr;
    std::int64_t seats = 0, waived = 0;
    std::map<Currency, std::int64_t> minor;
  };
  std::vector<Row> rows;  // few
  const auto row_of = [&](const Rule* rule) {
    return std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.rule == rule; });
  };
  for (const Judgment& judgment : judged.seats) {
    auto at = row_of(judgment.rule);
    if (at == rows.end()) at = rows.insert(at, {judgment.rule, 0, 0, {}});
    Row& row = *at;
    ++row.seats;
    row.waived += judgment.waived();
    if (judgment.cost) row.minor[judgment.cost->currency] += judgment.cost->minor;
    report.tier_unjudged += judgment.tier_unjudged;
    report.tier_unpriced += judgment.tier_unpriced;
    report.conditional_downgrades += judgment.own != nullptr && judgment.own->conditional_saving;
  }
  report.assigned = static_cast<std::int64_t>(judged.seats.size());
  for (const Rule* rule : rules()) {
    const auto row = row_of(rule);
    if (row == rows.end()) continue;
    report.crosswalk.push_back(
        {std::string(rule->name), rule->family, row->seats, row->waived, {row->minor.begin(), row->minor.end()}});
  }
}

FindingRank rank_of(const Judgment& judgment) {
  return {judgment.waived(), judgment.rule->severity, saves(judgment.saving()) ? &*judgment.saving() : nullptr,
          judgment.rule->name};
}

FindingName name_of(const Fleet& fleet, const Judgment& judgment) {
  const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
  const Account& account = fleet.accounts[static_cast<std::size_t>(seat.account)];
  return {fleet.orgs[static_cast<std::size_t>(account.org)].name, account.key, account.shown,
          fleet.products[static_cast<std::size_t>(seat.product)].id, judgment.remarks().why};
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

/// What findings are made of, in their order.
struct FindingSources {
  std::vector<const Judgment*> told;
  std::vector<Finding> others;
  std::vector<std::uint32_t> order;  ///< of both, one behind the other

  /// nullptr: there is no such, or it is another finding.
  const Judgment* judgment(std::size_t i) const {
    return i < order.size() && order[i] < told.size() ? told[order[i]] : nullptr;
  }
};

/// Those told of are few among the seats, so that nothing of the next one is near.
void fetch_soon(const Fleet& fleet, const FindingSources& sources, std::size_t i) {
  constexpr std::size_t first = 16, second = 12, third = 8, fourth = 4, fifth = 2, most = 512;
  const auto seat = [&](std::size_t ahead) -> const Seat* {
    const Judgment* judgment = sources.judgment(i + ahead);
    return judgment == nullptr ? nullptr : &fleet.seats[static_cast<std::size_t>(judgment->seat)];
  };
  const auto account = [&](std::size_t ahead) -> const Account* {
    const Seat* held = seat(ahead);
    return held == nullptr ? nullptr : &fleet.accounts[static_cast<std::size_t>(held->account)];
  };
  if (const Judgment* judgment = sources.judgment(i + first)) fetch(judgment, sizeof *judgment);
  if (const Seat* held = seat(second)) {
    fetch(held, sizeof *held);
    fetch(sources.judgment(i + second)->own, sizeof(Remarks));
  }
  if (const Account* one = account(third)) fetch(one, sizeof *one);
  if (const Account* one = account(fourth)) {
    fetch_line(one->blocks.first());
    for (const TextRef text : {one->key, one->shown, one->name}) fetch_line(text.data());
  }
  if (const Account* one = account(fifth); one != nullptr && !one->blocks.empty()) {
    const TextRef facts = one->blocks.first()->facts;
    fetch(facts.data(), std::min(facts.size(), most));
  }
}

/// Put in order before those of seats are made: findings are large.
FindingList list_findings(const Fleet& fleet, const Judged& judged, const ReportOptions& options,
                          std::vector<Finding> others) {
  const auto sources = std::make_shared<FindingSources>();
  sources->others = std::move(others);
  RuleSet asked;
  for (const Rule* rule : rules())
    if (is_told(*rule) && wanted(*rule, options)) asked.add(*rule);
  for (const std::size_t at : those_in_parallel(judged.seats.size(), fewest_seats,
                                                [&](std::size_t i) { return asked.contains(judged.seats[i].rule); }))
    sources->told.push_back(&judged.seats[at]);
  const std::size_t told = sources->told.size();
  sources->order = order_of(
      told + sources->others.size(),
      [&](std::size_t i) { return i < told ? rank_of(*sources->told[i]) : rank_of(sources->others[i - told]); },
      [&](std::size_t i) { return i < told ? name_of(fleet, *sources->told[i]) : name_of(sources->others[i - told]); });
  FindingList findings(sources->order.size(), [&fleet, sources](std::size_t i, Finding& room) {
    fetch_soon(fleet, *sources, i);
    if (const Judgment* judgment = sources->judgment(i)) return make_finding(fleet, *judgment, room);
    room = sources->others[sources->order[i] - sources->told.size()];
  });
  if (!options.findings_on_demand) findings.all();
  return findings;
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
  report.findings = list_findings(fleet, judged, options, std::move(others));
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
