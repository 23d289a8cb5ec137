// SPDX-License-Identifier: Apache-2.0
// `--since`: an earlier audit to look back to, made again from the store or read from a JSON report.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "commands/audited.hpp"
#include "report/build_report.hpp"
#include "report/pseudonyms.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

struct Baseline {
  Since since;
  std::set<std::string> open, waived;                                      ///< findings, as finding_key() names them
  std::map<std::pair<std::string, std::string>, std::int64_t> unassigned;  ///< org, product -> seats
  std::map<std::string, std::int64_t> contract;                            ///< currency -> minor a month
};

Baseline baseline_of(const Report& report);
/// Throws Error for what is no report of schema seatlint.audit/1, or one whose findings name nobody.
Baseline baseline_of_file(const std::string& path);

/// What `--since` names: a date, audited now on the same store and policy, or the file of an earlier report.
/// Throws Error where nothing was known on that day.
Baseline baseline_asked(const std::string& since, const Store& store, const Catalog& catalog, const Policy& policy,
                        const AuditScope& scope, const ReportOptions& options);

/// Sets `since` and marks what the earlier audit did not have. A finding that was waived then and is not now is new.
/// `pseudonyms` find again what a report with pseudonyms said; nullptr: there are none.
void mark_new(Report& report, const Baseline& baseline, const Pseudonyms* pseudonyms);

}  // namespace seatlint
