// SPDX-License-Identifier: Apache-2.0
// Which days are missing, and what hangs on them.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/day_ranges.hpp"
#include "rules/judge.hpp"
#include "seatlint/profile.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule coverage_gap_rule;

namespace {

using Key = std::pair<int, std::string>;  ///< org and vendor

struct Gap {
  int unjudged = 0, tier_unjudged = 0;
  DayRanges login;
};

std::string seats(int count) { return fmt::format("{} {}", count, count == 1 ? "seat" : "seats"); }

DayRanges merged(DayRanges ranges, const DayRanges& more) {
  ranges.insert(ranges.end(), more.begin(), more.end());
  return ranges;
}

DayRanges missing_actions(const Fleet& fleet, const Key& key) {
  DayRanges shown;
  for (const CoverageSpan& span : fleet.coverage) {
    if (span.org == key.first && span.vendor == key.second) shown = merged(std::move(shown), span.action);
  }
  return without({fleet.window}, united(std::move(shown)));
}

/// The export that would prove these days: its menu path where one is known.
std::string fetch(const Fleet& fleet, const Key& key, bool actions, const DayRanges& days) {
  std::set<std::string> used;
  for (const ImportedFile& file : fleet.files) used.insert(file.profile);
  const Profile* source = evidence_source(key.second, actions, used, fleet.as_of - days.front().first);
  const std::string what =
      actions ? "activity export (what was done, not only sign-ins)" : "sign-in or activity export";
  return (source ? how_to_get(*source) : key.second + " " + what) + ", for " + to_string(days);
}

void find_coverage_gap(const Fleet& fleet, const Judged& judged, std::vector<Finding>&, std::vector<Doubt>& doubts) {
  std::map<Key, Gap> gaps;
  std::vector<Gap*> gap_of(fleet.orgs.size() * fleet.products.size());  // by org and product
  for (const Judgment& judgment : judged.seats) {
    const bool unjudged = judgment.rule == &seat_rule(row_unjudged);
    if (!unjudged && !judgment.tier_unjudged) continue;
    const Seat& seat = fleet.seats[static_cast<std::size_t>(judgment.seat)];
    Gap*& gap =
        gap_of[static_cast<std::size_t>(seat.org) * fleet.products.size() + static_cast<std::size_t>(seat.product)];
    if (gap == nullptr) gap = &gaps[{seat.org, fleet.products[static_cast<std::size_t>(seat.product)].vendor}];
    gap->tier_unjudged += judgment.tier_unjudged;
    if (!unjudged) continue;
    ++gap->unjudged;
    for (const DayRange& missing : judgment.remarks().missing)
      if (!has_all(gap->login, missing)) gap->login = united(merged(std::move(gap->login), {missing}));
  }
  for (const auto& [key, gap] : gaps) {
    const std::string& org = fleet.orgs[static_cast<std::size_t>(key.first)].name;
    if (gap.unjudged > 0) {
      doubts.push_back({std::string(coverage_gap_rule.name), org,
                        fmt::format("{}: {} cannot be judged: sign-ins of {} are not proven", key.second,
                                    seats(gap.unjudged), to_string(gap.login)),
                        fetch(fleet, key, false, gap.login)});
    }
    const DayRanges actions = missing_actions(fleet, key);
    if (gap.tier_unjudged > 0 && !actions.empty()) {
      doubts.push_back({std::string(coverage_gap_rule.name), org,
                        fmt::format("{}: the tier of {} cannot be judged: what was done on {} is not proven",
                                    key.second, seats(gap.tier_unjudged), to_string(actions)),
                        fetch(fleet, key, true, actions)});
    }
  }
}

}  // namespace

const Rule coverage_gap_rule{
    .name = "coverage-gap",
    .code = "SL601",
    .family = Family::data,
    .severity = Severity::medium,
    .summary = "days on which a verdict depends are not proven",
    .description =
        R"(Seats could not be judged because no file proves some of the days they depend on: `login` evidence for idleness, `action`
evidence for the tier. The days are named, and which file to fetch.

**Settings:** `idle_days`, `window_days`; `--covers FIRST..LAST` on import, where a log is longer than its first and last
row show.)",
    .find = find_coverage_gap,
};

}  // namespace seatlint
