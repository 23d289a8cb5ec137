// SPDX-License-Identifier: Apache-2.0
// Audits of the days on which users were exported before.
#include "commands/trend.hpp"

#include <algorithm>
#include <set>

#include "report/build_report.hpp"

namespace seatlint {
namespace {

constexpr int least_days_apart = 25;
constexpr std::size_t most_points = 5;

/// Newest first.
std::vector<Day> earlier_days(const Fleet& fleet) {
  std::set<Day, std::greater<>> dates;
  for (const ImportedFile& file : fleet.files)
    if ((file.kind == RecordKind::users || file.kind == RecordKind::assignments) && file.snapshot_date)
      dates.insert(*file.snapshot_date);
  std::vector<Day> days;
  Day next = fleet.as_of;
  for (const Day date : dates) {
    if (days.size() == most_points || next - date < least_days_apart) continue;
    days.push_back(date);
    next = date;
  }
  return days;
}

}  // namespace

void add_trend(Report& report, const Audited& now, const Store& store, const AuditScope& scope) {
  for (const Day day : earlier_days(now.fleet)) {
    AuditScope then = scope;
    then.as_of = day;
    const auto audited = audit_store(store, now.catalog, now.policy, then, report.today);
    TrendPoint point;
    point.as_of = day;
    for (const MoneyLine& line : keep_books(audited->fleet, audited->judged).money)
      point.wasted[line.currency] = line.idle + line.overprovisioned + line.tier_excess;
    report.trend.push_back(std::move(point));
  }
  std::reverse(report.trend.begin(), report.trend.end());
}

}  // namespace seatlint
