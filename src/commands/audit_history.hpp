// SPDX-License-Identifier: Apache-2.0
// Audits in time: recording one, doing an earlier one again, and telling what made two of them differ.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "commands/audited.hpp"
#include "commands/name_access.hpp"
#include "report/build_report.hpp"
#include "store/audit_log.hpp"

namespace seatlint {

/// What an audit is made with besides the store.
struct AuditBasis {
  std::string catalog_text, policy_path, policy_text;
};
AuditBasis basis_of(const Policy& policy);
AuditBasis basis_of(const AuditRecord& record);
std::unique_ptr<Audited> audit_on(const Store& store, const AuditBasis& basis, const AuditScope& scope, Day today);

/// What the command line asked for, as an audit's record keeps it.
struct AuditAsked {
  AuditScope scope;
  std::vector<std::string> families, select, ignore;
};
std::string asked_text(const AuditAsked& asked);
AuditAsked asked_of(const AuditRecord& record);

/// Every seat as it was judged, sorted.
std::vector<SeatRecord> seat_records(const Audited& audited);
/// Seats that only one of them has, or that got another verdict or saving.
std::int64_t seats_that_differ(const std::vector<SeatRecord>& before, const std::vector<SeatRecord>& after);

/// Why the seats of one audit date are judged differently now.
struct ChangedBy {
  std::int64_t data = 0, catalog = 0, policy = 0;
  bool catalog_text = false, policy_text = false;  ///< whether these changed at all
  std::vector<std::string> files_added, files_gone;
  bool any() const { return catalog_text || policy_text || !files_added.empty() || !files_gone.empty() || data != 0; }
};
/// `now`: an audit of the store as of the record's day with today's policy and catalogs.
ChangedBy changed_by(const Store& store, const AuditRecord& then, const Audited& now, Day today);
/// "the policy changed (2 seats), ..."
std::string tell(const ChangedBy& changes);

/// Records the audit and who looked; says on stderr where it could not, and what changed since the last one.
void remember(Io& io, const Store& store, const Audited& audited, const Report& report, const AuditAsked& asked,
              const Look& look);
/// The audit recorded as of `as_of`, done again with what it was made with, and what it had been asked.
struct Replay {
  AuditRecord record;
  AuditAsked asked;
  std::unique_ptr<Audited> audited;
};
Replay replay(const Store& store, Day as_of);
/// Says on stderr in what the same audit differs from its record.
void tell_difference(Io& io, const Replay& again);

}  // namespace seatlint
