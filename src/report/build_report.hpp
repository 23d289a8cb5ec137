// SPDX-License-Identifier: Apache-2.0
// Verdicts into one Report value: counts, money, findings with their evidence, doubts.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "seatlint/report.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {

struct ReportOptions {
  Day today;
  std::vector<std::string> families;  ///< `audit idle mistiered`; empty: all
  std::vector<std::string> select;    ///< --select rules; empty: all
  std::vector<std::string> ignore;    ///< --ignore and the policy's `ignore`: rules or families
  bool findings_on_demand = false;    ///< made when they are looked at: fleet and judged must outlive the report
};

/// Throws Error when the money identity does not hold: nothing is printed that does not add up.
Report build_report(const Fleet& fleet, const Judged& judged, const ReportOptions& options);

/// The records behind what is said of a seat or an account: its snapshot record, its last activity, HR facts.
std::vector<EvidenceLine> evidence_of(const Fleet& fleet, const Account& account, const Seat* seat);
/// The same over what `lines` holds: their memory is used again.
void list_evidence(const Fleet& fleet, const Account& account, const Seat* seat, std::vector<EvidenceLine>& lines);

/// What `seats` is worth to each row of the money identity; used by the report and checked against it.
struct Books {
  std::vector<ProductLine> products;
  std::vector<MoneyLine> money;
};
Books keep_books(const Fleet& fleet, const Judged& judged);

}  // namespace seatlint
