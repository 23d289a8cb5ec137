// SPDX-License-Identifier: Apache-2.0
// Coverage from the ledger: a log proves the days from its first to its last row, or the period somebody stated.
#include "fleet/coverage.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/day_ranges.hpp"
#include "ingest/ingest.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {
namespace {

constexpr int stale_after_days = 31;

DayRanges clipped(DayRanges ranges, Day as_of) {
  std::erase_if(ranges, [&](const DayRange& range) { return range.first > as_of; });
  for (DayRange& range : ranges) range.last = std::min(range.last, as_of);
  return united(std::move(ranges));
}

/// Days of logs that prove something only together (page views and saves, say), by profile.
using PartialDays = std::map<std::string, DayRanges>;

/// Each set of partial logs covers the days that all of them cover.
DayRanges completed(const PartialDays& partial) {
  DayRanges days;
  for (const auto& [name, ranges] : partial) {
    DayRanges all = united(ranges);
    for (const std::string& other : builtin_profile(name)->together_with) {
      const auto found = partial.find(other);
      all = found == partial.end() ? DayRanges{} : without(all, without(all, united(found->second)));
    }
    days.insert(days.end(), all.begin(), all.end());
  }
  return days;
}

void add_spans(Fleet& fleet) {
  std::map<std::tuple<int, std::string, std::string>, CoverageSpan> spans;
  std::map<std::tuple<int, std::string, std::string>, PartialDays> partial;
  for (std::size_t i = 0; i < fleet.files.size(); ++i) {
    const ImportedFile& file = fleet.files[i];
    if (file.kind != RecordKind::activity) continue;
    // Some logs are sampled or partial: their rows are evidence, but the lack of rows proves nothing.
    const std::optional<DayRange>& said = file.covers ? file.covers : file.days;
    if (!said || said->first > fleet.as_of) continue;
    fleet.file_used[i] = true;
    const int org = fleet.org_index(file.org);
    CoverageSpan& span = spans[{org, file.vendor, file.app}];
    span.org = org;
    span.vendor = file.vendor;
    span.app = file.app;
    if (const Profile* profile = builtin_profile(file.profile); profile != nullptr && !profile->together_with.empty()) {
      partial[{org, file.vendor, file.app}][file.profile].push_back(*said);
      continue;
    }
    const auto proven = proven_days(file);
    if (!proven) continue;
    span.login.push_back(*proven);
    if (file.gives_actions) span.action.push_back(*proven);
  }
  for (const auto& [key, logs] : partial)
    for (const DayRange& days : completed(logs)) {
      spans[key].login.push_back(days);
      spans[key].action.push_back(days);
    }
  for (auto& [key, span] : spans) {
    span.login = clipped(std::move(span.login), fleet.as_of);
    span.action = clipped(std::move(span.action), fleet.as_of);
    fleet.coverage.push_back(std::move(span));
  }
}

void suspect_caps(Fleet& fleet) {
  for (std::size_t i = 0; i < fleet.files.size(); ++i) {
    const ImportedFile& file = fleet.files[i];
    if (!file.row_cap || !fleet.file_used[i]) continue;
    const int org = fleet.org_index(file.org);
    if (file.kind != RecordKind::activity) {
      if (file.snapshot_date)
        fleet.suspicions.push_back(
            {"row-cap", org, file.vendor, {*file.snapshot_date, *file.snapshot_date}, {static_cast<int>(i), 0, {}}});
      continue;
    }
    if (!file.cap_edge || *file.cap_edge > fleet.as_of) continue;
    const auto covered = [&](const CoverageSpan& span) {
      return span.org == org && span.vendor == file.vendor && (span.app == file.app || span.app.empty()) &&
             touches(file.gives_actions ? span.action : span.login, {*file.cap_edge, *file.cap_edge});
    };
    if (std::any_of(fleet.coverage.begin(), fleet.coverage.end(), covered)) continue;
    fleet.suspicions.push_back(
        {"row-cap", org, file.vendor, {*file.cap_edge, *file.cap_edge}, {static_cast<int>(i), 0, {}}});
  }
}

/// A feed of which nobody has activity after some day is taken for stopped, not for mass idleness.
void suspect_feeds(Fleet& fleet) {
  std::map<std::pair<int, std::string>, bool> feeds;
  for (const CoverageSpan& span : fleet.coverage) feeds[{span.org, span.vendor}] = true;
  for (const auto& [org, vendor] : with_column(fleet)) feeds[{org, std::string(vendor)}] = true;
  for (const auto& [key, there] : feeds) {
    const auto last = fleet.last_activity.find(key);
    const Day newest = last == fleet.last_activity.end() ? Day{-1} : last->second;
    if (newest >= fleet.as_of - fleet.policy->feed_gap_days.value) continue;
    fleet.suspicions.push_back({"feed-stopped", key.first, key.second, {newest + 1, fleet.as_of}, {}});
  }
}

void suspect_snapshots(Fleet& fleet, const std::vector<SnapshotSeries>& series) {
  for (const SnapshotSeries& one : series) {
    const int org = fleet.org_index(one.org);
    // Of snapshots that are all too late nothing is said: what comes in later must leave earlier reports alone.
    if (one.chosen < 0) continue;
    const auto& [date, files] = one.snapshots[static_cast<std::size_t>(one.chosen)];
    // Earlier snapshots take part, too: they say since when a seat is held.
    for (const auto& [day, parts] : one.snapshots)
      if (day <= fleet.as_of + fleet.policy->snapshot_slack_days.value)
        for (const int i : parts) fleet.file_used[static_cast<std::size_t>(i)] = true;
    const int distance = date > fleet.as_of ? date - fleet.as_of : fleet.as_of - date;
    if (distance > stale_after_days)
      fleet.suspicions.push_back({"stale-snapshot", org, one.vendor, {date, date}, {files.front(), 0, {}}});
    if (one.chosen == 0) continue;
    const auto rows = [&](const std::vector<int>& indexes) {
      std::uint64_t n = 0;
      for (const int i : indexes) n += fleet.files[static_cast<std::size_t>(i)].rows.stored;
      return n;
    };
    const std::uint64_t before = rows(one.snapshots[static_cast<std::size_t>(one.chosen) - 1].second),
                        now = rows(files);
    if (now * 10 <= before * 7 && before > 0)
      fleet.suspicions.push_back({"shrunk-snapshot", org, one.vendor, {date, date}, {files.front(), 0, {}}});
  }
}

}  // namespace

void add_coverage(Fleet& fleet, const std::vector<SnapshotSeries>& series) {
  add_spans(fleet);
  suspect_snapshots(fleet, series);
  suspect_caps(fleet);
  suspect_feeds(fleet);
}

}  // namespace seatlint
