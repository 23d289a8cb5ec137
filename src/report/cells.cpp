// SPDX-License-Identifier: Apache-2.0
// Columns of the spreadsheet formats. Columns that the FOCUS billing specification knows carry its names and stand
// last, so that exports can be joined with cost data.
#include "report/cells.hpp"

#include <algorithm>

#include "report/amounts.hpp"

namespace seatlint {
namespace {

std::string money_cell(const std::optional<Money>& money) { return money ? plain_amount(*money) : std::string(); }

std::string currency_cell(const Report&, const Finding& finding) {
  if (finding.cost) return finding.cost->currency;
  return finding.saving ? std::string(finding.saving->currency) : std::string();
}

std::string evidence_cell(const Report&, const Finding& finding) {
  std::vector<std::string> lines;
  for (const EvidenceLine& line : finding.evidence) lines.push_back(cite(line));
  return joined(lines, "; ");
}

/// The unit price of the finding's product, where it has the origin asked for.
std::string unit_price_cell(const Report& report, const Finding& finding, bool contracted) {
  for (const ProductLine& line : report.products)
    if (line.org == finding.org && line.product == finding.product && line.unit_price &&
        line.price_origin.starts_with("contract") == contracted)
      return plain_amount(*line.unit_price);
  return {};
}

using R = const Report&;
using F = const Finding&;

const std::vector<FindingColumn> columns{
    {"rule", false, [](R, F f) { return std::string(f.rule); }},
    {"code", false, [](R, F f) { return std::string(f.code); }},
    {"family", false, [](R, F f) { return f.family == Family::none ? "" : std::string(to_string(f.family)); }},
    {"severity", false, [](R, F f) { return std::string(to_string(f.severity)); }},
    {"certainty", false, [](R, F f) { return std::string(f.certainty); }},
    {"org", true, [](R, F f) { return f.org; }},
    {"account", true, [](R, F f) { return f.account; }},
    {"user", true, [](R, F f) { return f.user; }},
    {"name", true, [](R, F f) { return f.name; }},
    {"department", true, [](R, F f) { return f.department; }},
    {"product", true, [](R, F f) { return f.product; }},
    {"product_name", true, [](R, F f) { return f.product_name; }},
    {"cost", false, [](R, F f) { return money_cell(f.cost); }},
    {"saving", false, [](R, F f) { return money_cell(f.saving); }},
    {"currency", false, currency_cell},
    {"suggest", true, [](R, F f) { return joined(f.suggest, " "); }},
    {"last_activity", false, [](R, F f) { return f.last_activity ? to_string(*f.last_activity) : std::string(); }},
    {"days_used", false, [](R, F f) { return f.account.empty() ? std::string() : std::to_string(f.days_used); }},
    {"why", true, [](R, F f) { return f.why; }},
    {"evidence", true, evidence_cell},
    {"waived_until", false, [](R, F f) { return f.waived ? to_string(f.waived->until) : std::string(); }},
    {"waived_by", true, [](R, F f) { return f.waived ? f.waived->owner : std::string(); }},
    {"waived_reason", true, [](R, F f) { return f.waived ? f.waived->reason : std::string(); }},
    {"title", true, [](R, F f) { return f.title; }},
    {"manager", true, [](R, F f) { return f.manager; }},
    {"cost_center", true, [](R, F f) { return f.cost_center; }},
    {"role", true, [](R, F f) { return f.role; }},
    {"suggest_cost", false, [](R, F f) { return money_cell(f.suggest_cost); }},
    {"notes", true, [](R, F f) { return joined(f.notes, "; "); }},
    {"as_of", false, [](R r, F) { return to_string(r.as_of); }},
    {"SkuId", true, [](R, F f) { return f.product; }},
    {"BillingCurrency", false, currency_cell},
    {"ContractedUnitPrice", false, [](R r, F f) { return unit_price_cell(r, f, true); }},
    {"ListUnitPrice", false, [](R r, F f) { return unit_price_cell(r, f, false); }},
    {"new", false, [](R, F f) { return std::string(!f.is_new   ? ""
                                                   : *f.is_new ? "yes"
                                                               : "no"); }},
    {"count", false, [](R, F f) { return std::to_string(f.count); }},
};

}  // namespace

const std::vector<FindingColumn>& finding_columns() { return columns; }

std::string cite(const EvidenceLine& evidence) {
  std::string text = evidence.file;
  if (evidence.line != 0) text += ":" + std::to_string(evidence.line);
  return evidence.says.empty() ? text : text + " " + evidence.says;
}

}  // namespace seatlint
