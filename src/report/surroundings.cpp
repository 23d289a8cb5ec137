// SPDX-License-Identifier: Apache-2.0
// Counts over all seats that no single finding shows.
#include "report/surroundings.hpp"

#include <algorithm>

#include "base/day_ranges.hpp"
#include "base/numbered_texts.hpp"
#include "report/rule_set.hpp"

namespace seatlint {
namespace {

constexpr int bucket_days = 15, last_bucket = 180;

const Account& account_of(const Fleet& fleet, const Seat& seat) {
  return fleet.accounts[static_cast<std::size_t>(seat.account)];
}

std::int64_t& cell_of(DepartmentLine& line, const Judgment& judgment, const Rule* unjudged) {
  if (judgment.waived() || judgment.rule == unjudged) return line.other;
  switch (judgment.rule->family) {
    case Family::idle:
      return line.idle;
    case Family::overprovisioned:
      return line.overprovisioned;
    case Family::mistiered:
      return line.mistiered;
    default:
      return line.used;
  }
}

void add_departments(const Fleet& fleet, const Judged& judged, Report& report) {
  NumberedTexts names;
  std::vector<DepartmentLine> lines;  // by number of the name
  // Seats that nobody can judge here, or that are no seat to save, belong to no department's figures.
  const RuleSet others{"outside", "free"};
  const Rule* const unjudged = find_rule("unjudged");
  for (const Judgment& judgment : judged.seats) {
    if (others.contains(judgment.rule)) continue;
    const auto number = static_cast<std::size_t>(
        names.add_lasting(account_of(fleet, fleet.seats[static_cast<std::size_t>(judgment.seat)]).department));
    if (number == lines.size()) lines.emplace_back().department = names.text(static_cast<int>(number));
    DepartmentLine& line = lines[number];
    ++line.seats;
    ++cell_of(line, judgment, unjudged);
    if (judgment.saving() && !judgment.waived() && judgment.saving()->minor != 0)
      line.saving[judgment.saving()->currency] += judgment.saving()->minor;
  }
  const auto flagged = [](const DepartmentLine& line) { return line.idle + line.overprovisioned + line.mistiered; };
  std::sort(lines.begin(), lines.end(), [&](const DepartmentLine& a, const DepartmentLine& b) {
    return flagged(a) != flagged(b) ? flagged(a) > flagged(b) : a.department < b.department;
  });
  report.departments = std::move(lines);
}

void add_idle_histogram(const Fleet& fleet, const Judged& judged, Report& report) {
  for (int first = 0; first < last_bucket; first += bucket_days)
    report.idle_histogram.push_back({first, first + bucket_days - 1, 0});
  report.idle_histogram.push_back({last_bucket, 99'999, 0});
  // All others rest on when somebody was last at work.
  const RuleSet others{"free",   "departed", "disabled", "duplicate", "redundant",
                       "orphan", "outside",  "new",      "unjudged"};
  for (const Judgment& judgment : judged.seats) {
    if (others.contains(judgment.rule)) continue;
    const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
    std::optional<Day> since = judgment.last_activity;
    if (seat.clock_start) since = std::max(since.value_or(*seat.clock_start), *seat.clock_start);
    const int days = since ? std::max(0, fleet.as_of - *since) : last_bucket;
    ++report.idle_histogram[static_cast<std::size_t>(std::min(days, last_bucket) / bucket_days)].seats;
  }
}

void add_coverage(const Fleet& fleet, Report& report) {
  const int length = std::max(fleet.policy->idle_days.value, fleet.policy->window_days.value);
  const DayRange calendar{fleet.as_of - length + 1, fleet.as_of};
  for (const CoverageSpan& span : fleet.coverage) {
    const std::string vendor = span.app.empty() ? span.vendor : span.vendor + " " + span.app;
    for (const auto& [kind, days] : {std::pair("login", &span.login), std::pair("action", &span.action)}) {
      CoverageLine line{fleet.orgs[static_cast<std::size_t>(span.org)].name, vendor, kind, {}};
      for (const DayRange& range : *days) {
        const DayRange part{std::max(range.first, calendar.first), std::min(range.last, calendar.last)};
        if (part.first <= part.last) line.days.push_back(part);
      }
      report.coverage.push_back(std::move(line));
    }
  }
}

}  // namespace

void add_waivers(const Fleet& fleet, Report& report) {
  for (const Waiver& waiver : fleet.policy->waivers) {
    WaiverLine line;
    line.rule = waiver.rule;
    for (const auto& [key, globs] : waiver.match.keys)
      for (const std::string& glob : globs) line.subject += (line.subject.empty() ? "" : ", ") + key + " = " + glob;
    for (const auto& [key, value] :
         {std::pair("product", &waiver.product), std::pair("department", &waiver.department)})
      if (!value->empty()) line.subject += (line.subject.empty() ? "" : ", ") + std::string(key) + " = " + *value;
    line.owner = waiver.owner;
    line.reason = waiver.reason;
    line.until = waiver.until;
    for (const Finding& finding : report.findings) {
      const bool named =
          finding.waived && finding.waived->until == waiver.until && finding.waived->reason == waiver.reason &&
          finding.waived->owner == waiver.owner &&
          (waiver.rule == "*" || waiver.rule == finding.rule || waiver.rule == to_string(finding.family));
      if (!named) continue;
      ++line.findings;
      if (finding.saving) line.saving[finding.saving->currency] += finding.saving->minor;
    }
    report.waivers.push_back(std::move(line));
  }
}

void add_surroundings(const Fleet& fleet, const Judged& judged, Report& report) {
  add_departments(fleet, judged, report);
  add_idle_histogram(fleet, judged, report);
  add_coverage(fleet, report);
}

}  // namespace seatlint
