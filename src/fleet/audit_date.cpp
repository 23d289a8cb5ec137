// SPDX-License-Identifier: Apache-2.0
// The audit date and the snapshots nearest to it, from the ledger alone.
#include "fleet/audit_date.hpp"

#include <algorithm>
#include <cstdlib>

#include "seatlint/concealed.hpp"

namespace seatlint {
namespace {

/// A snapshot of hidden names tells of nobody, so it neither dates the audit nor ends what an earlier one showed.
bool tells_of_nobody(const ImportedFile& file) {
  return file.rows.stored == 0 && file.skipped.count(std::string(concealed_reason)) != 0;
}

}  // namespace

std::optional<Day> newest_evidence(const std::vector<ImportedFile>& files, Day today) {
  struct Newest {
    std::optional<Day> activity, snapshot;
  };
  std::map<std::string, Newest> orgs;
  for (const ImportedFile& file : files) {
    if (tells_of_nobody(file)) continue;
    Newest& newest = orgs[file.org];
    if (file.kind == RecordKind::activity && file.covers) {
      newest.activity = std::max(newest.activity.value_or(file.covers->last), file.covers->last);
    } else if ((file.kind == RecordKind::users || file.kind == RecordKind::assignments) && file.snapshot_date) {
      newest.snapshot = std::max(newest.snapshot.value_or(*file.snapshot_date), *file.snapshot_date);
    }
  }
  std::optional<Day> day;
  for (const auto& [org, newest] : orgs) {
    const std::optional<Day> own = newest.activity ? newest.activity : newest.snapshot;
    if (own) day = std::min(day.value_or(*own), *own);
  }
  return day ? std::optional(std::min(*day, today)) : std::nullopt;
}

std::vector<SnapshotSeries> snapshot_series(const std::vector<ImportedFile>& files, Day as_of, int slack_days,
                                            const std::vector<RecordKind>& kinds, std::vector<int>* undated) {
  std::map<std::pair<std::string, std::string>, std::map<Day, std::vector<int>>> by_profile;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const ImportedFile& file = files[i];
    if (std::find(kinds.begin(), kinds.end(), file.kind) == kinds.end() || tells_of_nobody(file)) continue;
    if (file.snapshot_date) {
      by_profile[{file.org, file.profile}][*file.snapshot_date].push_back(static_cast<int>(i));
    } else if (undated != nullptr) {
      undated->push_back(static_cast<int>(i));
    }
  }
  std::vector<SnapshotSeries> all;
  for (auto& [key, snapshots] : by_profile) {
    SnapshotSeries series;
    series.org = key.first;
    series.profile = key.second;
    const ImportedFile& any = files[static_cast<std::size_t>(snapshots.begin()->second.front())];
    series.vendor = any.vendor;
    series.kind = any.kind;
    int best = 0;
    for (auto& [date, indexes] : snapshots) {
      const int distance = std::abs(date - as_of);
      if (date <= as_of + slack_days && (series.chosen < 0 || distance < best)) {
        series.chosen = static_cast<int>(series.snapshots.size());
        best = distance;
      }
      series.snapshots.emplace_back(date, std::move(indexes));
    }
    all.push_back(std::move(series));
  }
  return all;
}

}  // namespace seatlint
