// SPDX-License-Identifier: Apache-2.0
// Totals for people. Waived findings are counted apart and carry no saving.
#include "report/totals.hpp"

#include <algorithm>

#include "report/amounts.hpp"

namespace seatlint {
namespace {

void add_saving(Amounts& amounts, const Finding& finding) {
  if (finding.saving && finding.saving->minor != 0) amounts[finding.saving->currency] += finding.saving->minor;
}

const std::string& group_value(const Finding& finding, std::string_view group_by) {
  if (group_by == "department") return finding.department;
  if (group_by == "manager") return finding.manager;
  if (group_by == "product") return finding.product_name.empty() ? finding.product : finding.product_name;
  if (group_by == "role") return finding.role;
  if (group_by == "cost-center") return finding.cost_center;
  throw Error("cannot group by '" + printable(group_by) + "': use department, manager, product, role or cost-center");
}

bool dearer(const Amounts& left, const Amounts& right, const Amounts& currencies) {
  for (const auto& [currency, any] : currencies) {
    const auto l = left.find(currency), r = right.find(currency);
    const std::int64_t a = l == left.end() ? 0 : l->second, b = r == right.end() ? 0 : r->second;
    if (a != b) return a > b;
  }
  return false;
}

}  // namespace

std::vector<RuleTotal> totals_by_rule(const Report& report) {
  std::map<std::string_view, RuleTotal> by_rule;
  for (const Finding& finding : report.findings) {
    RuleTotal& total = by_rule[finding.rule];
    total.rule = finding.rule;
    total.severity = std::max(total.severity, finding.severity);
    (finding.waived ? total.waived : total.open) += finding.count;
    if (!finding.waived) add_saving(total.saving, finding);
  }
  std::vector<RuleTotal> totals;
  for (auto& [rule, total] : by_rule) totals.push_back(std::move(total));
  std::stable_sort(totals.begin(), totals.end(),
                   [](const RuleTotal& a, const RuleTotal& b) { return a.severity > b.severity; });
  return totals;
}

std::vector<GroupTotal> totals_by_group(const Report& report, std::string_view group_by) {
  std::map<std::string, GroupTotal> by_name;
  Amounts currencies;
  for (const Finding& finding : report.findings) {
    GroupTotal& total = by_name[group_value(finding, group_by)];
    (finding.waived ? total.waived : total.open) += finding.count;
    if (finding.waived) continue;
    total.by_family[finding.family] += finding.count;
    add_saving(total.saving, finding);
    add_saving(currencies, finding);
  }
  std::vector<GroupTotal> totals;
  for (auto& [name, total] : by_name) {
    total.name = name;
    totals.push_back(std::move(total));
  }
  std::stable_sort(totals.begin(), totals.end(), [&](const GroupTotal& a, const GroupTotal& b) {
    if (dearer(a.saving, b.saving, currencies)) return true;
    if (dearer(b.saving, a.saving, currencies)) return false;
    return a.open > b.open;
  });
  return totals;
}

std::string_view counted_as(const CrosswalkRow& row) {
  if (row.family == Family::idle) return "idle";
  if (row.family == Family::overprovisioned) return "overprovisioned";
  if (row.verdict == "downgrade") return "tier excess, rest used";
  if (row.verdict == "unjudged" || row.verdict == "outside") return row.verdict;
  return "used";
}

std::vector<std::string> suggested_names(const Report& report, const Finding& finding) {
  if (!finding.suggest_names.empty()) return finding.suggest_names;
  std::vector<std::string> names;
  for (const std::string& id : finding.suggest) {
    const auto line = std::find_if(report.products.begin(), report.products.end(),
                                   [&](const ProductLine& product) { return product.product == id; });
    names.push_back(line == report.products.end() ? id : line->name);
  }
  return names;
}

bool only_outside(const ProductLine& line) { return line.outside > 0 && line.outside == line.assigned; }

std::string amounts_text(const Amounts& amounts) {
  std::string text;
  for (const auto& [currency, minor] : amounts)
    text += (text.empty() ? "" : ", ") + amount_with_currency(minor, currency);
  return text;
}

std::int64_t open_findings(const Report& report) {
  return std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& f) { return !f.waived; });
}

bool saves(const std::optional<Money>& saving) { return saving && saving->minor > 0; }

std::string headline(const MoneyLine& line) {
  if (line.contract == 0 && line.exposure == 0) return {};
  const std::string whole = amount_with_currency(line.contract, line.currency) + " a month";
  if (line.exposure == 0) return "Nothing of " + whole + " is proven unused.";
  return amount(line.exposure, line.currency) + " of " + whole + " goes unused (" +
         percent(line.exposure, line.contract) + "): " + amount_with_currency(a_year(line.exposure), line.currency) +
         " a year.";
}

std::string price_shares(const MoneyLine& line) {
  if (line.contract == 0) return {};
  if (line.by_contract == line.contract) return "all at contract prices";
  if (line.by_contract == 0) return "all at list prices";
  return percent(line.by_contract, line.contract) + " at contract prices, " +
         percent(line.contract - line.by_contract, line.contract) + " at list prices";
}

std::string as_of_reason(const Report& report) {
  return report.as_of_given ? "given" : "newest evidence; today is " + to_string(report.today);
}

}  // namespace seatlint
