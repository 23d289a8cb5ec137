// SPDX-License-Identifier: Apache-2.0
// So many people seldom leave at once: the export was filtered or cut.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule shrunk_snapshot_rule;

namespace {

void find_shrunk_snapshot(const Fleet& fleet, const Judged&, std::vector<Finding>&, std::vector<Doubt>& doubts) {
  for (const Suspicion* suspicion : suspicions_of(fleet, shrunk_snapshot_rule.name)) {
    const ImportedFile* file = suspected_file(fleet, *suspicion);
    if (file && file->shrink_allowed) continue;
    const std::string date = to_string(suspicion->days.first);
    const std::string rows = file ? fmt::format("{} of {} lists {} accounts", file->name, date, file->rows.stored)
                                  : "the snapshot of " + date;
    doubts.push_back(
        doubt_about(fleet, shrunk_snapshot_rule, suspicion->org, rows + ", far fewer than the one before",
                    fmt::format("{} export of {} without a filter", file ? file->profile : suspicion->vendor, date)));
  }
}

}  // namespace

const Rule shrunk_snapshot_rule{
    .name = "shrunk-snapshot",
    .code = "SL605",
    .family = Family::data,
    .severity = Severity::medium,
    .summary = "a snapshot has far fewer accounts than the one before",
    .description =
        R"(The snapshot lists at most 70 % of the accounts that the one before of the same profile listed: more likely a filtered
export than so many people gone. Accounts that it lacks count as ended.

**What to do:** export without a filter; if the shrinking is true, import with `--allow-shrink`.)",
    .find = find_shrunk_snapshot,
};

}  // namespace seatlint
