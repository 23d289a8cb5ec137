// SPDX-License-Identifier: Apache-2.0
// Sums over findings and product lines that more than one format for people shows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

/// Minor units by currency: never added across.
using Amounts = std::map<std::string, std::int64_t>;

struct RuleTotal {
  std::string rule;
  Severity severity = Severity::info;
  std::int64_t open = 0, waived = 0;
  Amounts saving;  ///< of the open ones
};
/// Most severe first, then by rule.
std::vector<RuleTotal> totals_by_rule(const Report& report);

struct GroupTotal {
  std::string name;  ///< empty: the findings carry no value
  std::int64_t open = 0, waived = 0;
  std::map<Family, std::int64_t> by_family;
  Amounts saving;
};
/// Dearest first in the first currency, then in the next; then most findings; then by name.
std::vector<GroupTotal> totals_by_group(const Report& report, std::string_view group_by);

/// Where the identity counts the money of a verdict's seats: "used", "idle", "tier excess, rest used", ...
std::string_view counted_as(const CrosswalkRow& row);
/// What a finding suggests: the names it gives, else those of the report's products, else ids.
std::vector<std::string> suggested_names(const Report& report, const Finding& finding);
/// Nothing but seats that no imported file can judge.
bool only_outside(const ProductLine& line);
/// "2,960.00 USD, 12.00 EUR"; empty without any amount.
std::string amounts_text(const Amounts& amounts);
std::int64_t open_findings(const Report& report);
/// Saves money of its own: the other seats of a downgraded account, say, carry none.
bool saves(const std::optional<Money>& saving);
inline bool saves(const Finding& finding) { return saves(finding.saving); }

/// "3,068.00 of 9,653.00 USD a month goes unused (32%): 36,816.00 USD a year."; empty where nothing is priced.
std::string headline(const MoneyLine& line);
/// "95% at contract prices, 5% at list prices"
std::string price_shares(const MoneyLine& line);
/// "newest evidence; today is 2026-11-23" or "given"
std::string as_of_reason(const Report& report);

}  // namespace seatlint
