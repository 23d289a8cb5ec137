// SPDX-License-Identifier: Apache-2.0
// A file that ends where its export was cut.
#include <fmt/core.h>

#include "rules/findings.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

extern const Rule row_cap_rule;

namespace {

void find_row_cap(const Fleet& fleet, const Judged&, std::vector<Finding>&, std::vector<Doubt>& doubts) {
  for (const Suspicion* suspicion : suspicions_of(fleet, row_cap_rule.name)) {
    const ImportedFile* file = suspected_file(fleet, *suspicion);
    const std::string name = file ? file->name : suspicion->vendor;
    const std::string records =
        file ? fmt::format("{} records", file->rows.read) : std::string("a limit's number of records");
    const std::string edge = to_string(suspicion->days.first);
    const bool log = !file || file->kind == RecordKind::activity;
    doubts.push_back(
        doubt_about(fleet, row_cap_rule, suspicion->org,
                    log ? fmt::format("{} holds exactly {}: it may be cut, and {} is not proven", name, records, edge)
                        : fmt::format("{} holds exactly {}: accounts may be missing", name, records),
                    fmt::format("{} export of {}, in smaller pieces", file ? file->profile : suspicion->vendor, edge)));
  }
}

}  // namespace

const Rule row_cap_rule{
    .name = "row-cap",
    .code = "SL602",
    .family = Family::data,
    .severity = Severity::medium,
    .summary = "a file's record count looks like a limit",
    .description =
        R"(The file holds exactly as many records as a limit known to its profile, or 1, 2 or 5 followed by three or more zeros. It
proves its days except the edge where it was cut; the doubt ends when another file covers that edge.

**What to do:** export again in smaller pieces.)",
    .find = find_row_cap,
};

}  // namespace seatlint
