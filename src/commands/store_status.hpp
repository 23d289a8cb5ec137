// SPDX-License-Identifier: Apache-2.0
// What a store knows and what it lacks, as plain values: read from the ledger alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

/// The snapshots of one profile, or the entitlement and people lists, which may be undated.
struct SnapshotStatus {
  std::string profile, vendor;
  RecordKind kind = RecordKind::users;
  std::vector<Day> dates;  ///< sorted, without duplicates
  std::uint64_t newest_rows = 0, files = 0;
};

struct CoverageStatus {
  std::string vendor, app;     ///< app: empty for every application of the vendor
  std::string kind;            ///< login | action
  std::vector<DayRange> days;  ///< sorted, not touching
};

/// One entry of the shopping list.
struct MissingFile {
  std::string vendor, what;  ///< "sign-ins", "what users did", "permission sets assigned", "purchased seats"
  std::vector<DayRange> days;
  std::string why, profile, get;
};

struct OrgStatus {
  std::string org;
  std::vector<SnapshotStatus> snapshots;  ///< every kind but activity; sorted by kind, profile
  std::vector<CoverageStatus> coverage;   ///< sorted by vendor, app, kind
  std::vector<std::string> doubts;
  std::vector<MissingFile> missing;
};

/// A contract line in force today.
struct ContractStatus {
  std::string org, product;
  std::int64_t quantity = 0;
  std::optional<std::int64_t> floor;
  std::optional<Day> term_end;
  std::optional<Day> ends_on;    ///< when seats can be given back; later than `term_end` where notice was missed
  std::optional<Day> notice_by;  ///< the last safe day to say so
};

struct StoreStatus {
  std::string path;
  Day today;
  DayRange window;  ///< the days an audit of today would look at
  std::uint64_t files = 0;
  std::vector<OrgStatus> orgs;            ///< sorted by name
  std::vector<ContractStatus> contracts;  ///< sorted by the day of notice, those without one last
  std::optional<Store::AuditRun> last_audit;
  std::optional<Day> next_audit;  ///< unset where none was run yet
};

StoreStatus store_status(const Store& store, const Policy& policy, const Catalog& catalog, Day today);

/// `2026-07-01 to 2026-07-14, 2026-09-01`
std::string tell_ranges(const std::vector<DayRange>& days);
/// The day `text` ("3 months", "13 weeks", "90 days", "1 year") after `from`; nullopt for what is no period.
std::optional<Day> after_period(Day from, std::string_view text);
/// The day that long before `until`.
std::optional<Day> before_period(Day until, std::string_view text);

}  // namespace seatlint
