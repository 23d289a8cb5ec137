// SPDX-License-Identifier: Apache-2.0
// Which day an audit is about, and which snapshots are true on it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatlint/facts.hpp"

namespace seatlint {

/// The newest day up to which there is evidence for every org: the smallest over the orgs of the newest covered
/// activity day (where there is activity), else the newest snapshot date; never after `today`.
std::optional<Day> newest_evidence(const std::vector<ImportedFile>& files, Day today);

/// All snapshots of one org and profile, oldest first, with the files that make them up.
struct SnapshotSeries {
  std::string org, profile, vendor;
  RecordKind kind = RecordKind::users;
  std::vector<std::pair<Day, std::vector<int>>> snapshots;  ///< date -> indexes into the files
  int chosen = -1;  ///< the one nearest to the audit date; -1: none is early enough
};

/// Series of one kind of record, sorted by org and profile. Files without a date stand in `undated`.
std::vector<SnapshotSeries> snapshot_series(const std::vector<ImportedFile>& files, Day as_of, int slack_days,
                                            const std::vector<RecordKind>& kinds, std::vector<int>* undated = nullptr);

}  // namespace seatlint
