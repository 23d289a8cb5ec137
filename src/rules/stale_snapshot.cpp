// SPDX-License-Identifier: Apache-2.0
// A list of seats too far from the audit date.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule stale_snapshot_rule;

namespace {

void find_stale_snapshot(const Fleet& fleet, const Judged&, std::vector<Finding>&, std::vector<Doubt>& doubts) {
  for (const Suspicion* suspicion : suspicions_of(fleet, stale_snapshot_rule.name)) {
    const ImportedFile* file = suspected_file(fleet, *suspicion);
    const Day date = suspicion->days.first;
    const int distance = date < fleet.as_of ? fleet.as_of - date : date - fleet.as_of;
    doubts.push_back(doubt_about(
        fleet, stale_snapshot_rule, suspicion->org,
        fmt::format("{} is of {}, {} days {} {}", file ? file->name : suspicion->vendor, to_string(date), distance,
                    date < fleet.as_of ? "before" : "after", to_string(fleet.as_of)),
        fmt::format("{} export of about {}", file ? file->profile : suspicion->vendor, to_string(fleet.as_of))));
  }
}

}  // namespace

const Rule stale_snapshot_rule{
    .name = "stale-snapshot",
    .code = "SL604",
    .family = Family::data,
    .severity = Severity::medium,
    .summary = "the nearest snapshot is more than 31 days from the audit date",
    .description =
        R"(The users or assignments that the audit stands on were exported more than 31 days before the audit date (or the other way
round): who came, left or was moved since is not known.

**What to do:** export the users again, or choose an audit date nearer to the snapshot with `--as-of`.)",
    .find = find_stale_snapshot,
};

}  // namespace seatlint
