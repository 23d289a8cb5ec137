// SPDX-License-Identifier: Apache-2.0
// Whom to look at: how many findings of which kind, and the dearest ones with what would be done about them.
#include <algorithm>
#include <map>
#include <set>

#include "report/amounts.hpp"
#include "report/cells.hpp"
#include "report/screen.hpp"
#include "report/totals.hpp"

namespace seatlint {
namespace {

using Align = Column::Align;
using Cut = Column::Cut;

constexpr std::size_t shown_in_all = 15;
constexpr std::size_t shown_without_saving = 5;
constexpr std::size_t shown_groups = 30;

void show_rule_totals(Screen& screen, const Report& report) {
  std::map<Severity, std::string, std::greater<>> by_severity;
  for (const RuleTotal& total : totals_by_rule(report)) {
    if (total.open == 0) continue;
    std::string& text = by_severity[total.severity];
    text += (text.empty() ? "" : ", ") + grouped(total.open) + " " + total.rule;
    if (!total.saving.empty()) text += " (" + amounts_text(total.saving) + ")";
  }
  for (const auto& [severity, text] : by_severity)
    screen.labeled({"  " + std::string(to_string(severity)), paint_of(severity)}, 12, text);
}

void show_groups(Screen& screen, const Report& report, std::string_view group_by) {
  screen.heading("By " + std::string(group_by), "open findings and what they would save a month");
  std::vector<Column> heads{{std::string(group_by), Align::left, Cut::middle, 12},
                            {"findings", Align::right},
                            {"idle", Align::right},
                            {"over", Align::right},
                            {"tier", Align::right}};
  const auto groups = totals_by_group(report, group_by);
  Amounts currencies;
  for (const GroupTotal& group : groups) currencies.insert(group.saving.begin(), group.saving.end());
  for (const auto& [currency, any] : currencies) heads.push_back({currency, Align::right});
  TextTable table(heads);
  std::size_t left = shown_groups;
  for (const GroupTotal& group : groups) {
    if (left-- == 0) break;
    const auto count = [&](Family family) {
      const auto found = group.by_family.find(family);
      return found == group.by_family.end() ? Cell{"0", Paint::dim} : Cell{grouped(found->second)};
    };
    Cells cells{{group.name.empty() ? "(none)" : group.name},
                {grouped(group.open)},
                count(Family::idle),
                count(Family::overprovisioned),
                count(Family::mistiered)};
    for (const auto& [currency, any] : currencies) {
      const auto found = group.saving.find(currency);
      cells.push_back(found == group.saving.end() ? Cell{"–", Paint::dim} : Cell{amount(found->second, currency)});
    }
    table.add(std::move(cells));
  }
  if (groups.size() > shown_groups)
    table.add_line({"… and " + grouped(static_cast<std::int64_t>(groups.size() - shown_groups)) + " more", Paint::dim});
  screen.table(table);
}

/// The first open findings of each currency, and of those without a saving, so that none hides the others.
std::vector<const Finding*> worst_of(const Report& report) {
  std::map<std::string, std::size_t> taken;  // by currency; "" stands for no saving
  for (const Finding& finding : report.findings)
    if (!finding.waived && saves(finding)) taken[finding.saving->currency] = 0;
  const std::size_t currencies = taken.size();
  const std::size_t share = currencies > 1 ? std::max(shown_without_saving, shown_in_all / currencies) : shown_in_all;
  const std::size_t without = currencies > 0 ? shown_without_saving : shown_in_all;
  std::vector<const Finding*> worst;
  for (const Finding& finding : report.findings) {
    if (finding.waived) continue;
    const bool saving = saves(finding);
    if (taken[saving ? finding.saving->currency : ""]++ >= (saving ? share : without)) continue;
    worst.push_back(&finding);
  }
  if (currencies <= 1 && worst.size() > shown_in_all) worst.resize(shown_in_all);
  return worst;
}

std::string suggestion(const Report& report, const Finding& finding, const ProductNames& names) {
  std::vector<std::string> parts;
  for (const std::string& name : suggested_names(report, finding)) parts.push_back(names(name));
  return joined(parts, " + ");
}

std::string last_use(const Finding& finding) {
  if (finding.account.empty() && finding.user.empty()) return {};
  return finding.last_activity ? to_string(*finding.last_activity) : "none seen";
}

/// The product and what would replace it.
Cell product_cell(const Report& report, const Finding& finding, const ProductNames& names) {
  const std::string product = names(finding.product_name.empty() ? finding.product : finding.product_name);
  return {finding.suggest.empty() ? product : product + " → " + suggestion(report, finding, names)};
}

/// As compilers do: the record first, then what is the matter.
std::string reason_line(const Finding& finding) {
  if (finding.evidence.empty()) return "  " + finding.why;
  const EvidenceLine& first = finding.evidence.front();
  return "  " + cite({first.file, first.line, {}}) + ": " + finding.why;
}

Cell saving_cell(const Finding& finding, bool with_currency) {
  if (!finding.saving || finding.saving->minor == 0) return {"–", Paint::dim};
  if (with_currency) return {to_string(*finding.saving), Paint::bold};
  return {amount(finding.saving->minor, finding.saving->currency), Paint::bold};
}

/// The `@domain` that all users shown share, so that it need not stand in every row.
std::string shared_domain(const std::vector<const Finding*>& findings) {
  std::string domain;
  std::size_t users = 0;
  for (const Finding* finding : findings) {
    if (finding->user.empty()) continue;
    const auto at = finding->user.rfind('@');
    if (at == std::string::npos || at == 0) return {};
    if (users++ > 0 && finding->user.compare(at, std::string::npos, domain) != 0) return {};
    domain = finding->user.substr(at);
  }
  if (domain.find(' ') != std::string::npos) return {};  // no address
  return users > 1 ? domain : std::string();
}

std::string who(const Finding& finding, const std::string& domain) {
  if (finding.count > 1) return counted(finding.count, "person", "persons");
  if (finding.user.empty()) return finding.account.empty() ? "–" : finding.account;
  return finding.user.substr(0, finding.user.size() - domain.size());
}

/// What the rows of the list of the worst have in common.
struct Frame {
  bool wide, several_currencies;
  std::string currency, domain;
  ProductNames names;
};

TextTable worst_table(const Report& report, const std::vector<const Finding*>& worst, const Frame& frame) {
  std::vector<Column> columns{{frame.currency.empty() ? "saves" : frame.currency, Align::right},
                              {"user", Align::left, Cut::end, 14}};
  if (frame.wide) columns.push_back({"department", Align::left, Cut::end, 10});
  columns.push_back({"rule", Align::left, Cut::end, 12});
  columns.push_back({"product", Align::left, Cut::middle, 16});
  columns.push_back({"last use"});
  TextTable table(columns);
  for (const Finding* finding : worst) {
    Cells cells{saving_cell(*finding, frame.several_currencies), {who(*finding, frame.domain)}};
    if (frame.wide) cells.push_back({finding->department, Paint::dim});
    cells.push_back(
        {std::string(finding->rule) + (finding->is_new == true ? " (new)" : ""), paint_of(finding->severity)});
    cells.push_back(product_cell(report, *finding, frame.names));
    cells.push_back({last_use(*finding), Paint::dim});
    table.add(std::move(cells));
    table.add_line({reason_line(*finding), Paint::dim});
  }
  return table;
}

void show_worst(Screen& screen, const Report& report) {
  const auto worst = worst_of(report);
  Frame frame{screen.wide(), false, {}, shared_domain(worst), ProductNames(report, true)};
  std::set<std::string> currencies;
  for (const Finding* finding : worst)
    if (saves(*finding)) currencies.insert(finding->saving->currency);
  frame.several_currencies = currencies.size() > 1;
  if (currencies.size() == 1) frame.currency = *currencies.begin();
  std::string remark = currencies.empty() ? "" : "saves a month";
  if (!frame.domain.empty()) remark += (remark.empty() ? "" : "; ") + ("users " + frame.domain);
  screen.heading("Look at these first", remark);
  screen.table(worst_table(report, worst, frame));
  const std::int64_t more = open_findings(report) - static_cast<std::int64_t>(worst.size());
  if (more > 0)
    screen.line({{"  … and " + grouped(more) + " more: "}, {"seatlint audit -o csv=findings.csv", Paint::accent}});
}

}  // namespace

void show_findings(Screen& screen, const Report& report, std::string_view group_by) {
  const std::int64_t open = open_findings(report);
  const std::int64_t waived = static_cast<std::int64_t>(report.findings.size()) - open;
  std::string remark = open == 0 ? "none" : grouped(open);
  if (waived > 0) remark += ", and " + grouped(waived) + " waived";
  screen.heading("Findings", remark);
  if (open == 0) return;
  show_rule_totals(screen, report);
  if (!group_by.empty()) show_groups(screen, report, group_by);
  show_worst(screen, report);
}

}  // namespace seatlint
