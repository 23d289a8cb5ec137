// SPDX-License-Identifier: Apache-2.0
// Merges the ledger into snapshots and coverage for each org, and compares them with what an audit of today needs.
#include "commands/store_status.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "base/day_ranges.hpp"
#include "fleet/entitlements.hpp"
#include "ingest/ingest.hpp"
#include "report/release.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {
namespace {

constexpr int stale_days = 31;

std::vector<SnapshotStatus> snapshots_of(const std::vector<const ImportedFile*>& files) {
  std::map<std::tuple<RecordKind, std::string>, SnapshotStatus> found;
  for (const ImportedFile* file : files) {
    if (file->kind == RecordKind::activity) continue;
    SnapshotStatus& status = found[{file->kind, file->profile}];
    status.profile = file->profile;
    status.vendor = file->vendor;
    status.kind = file->kind;
    ++status.files;
    if (file->snapshot_date) status.dates.push_back(*file->snapshot_date);
  }
  std::vector<SnapshotStatus> result;
  for (auto& [key, status] : found) {
    std::sort(status.dates.begin(), status.dates.end());
    status.dates.erase(std::unique(status.dates.begin(), status.dates.end()), status.dates.end());
    for (const ImportedFile* file : files)
      if (file->kind == status.kind && file->profile == status.profile &&
          (status.dates.empty() || file->snapshot_date == status.dates.back()))
        status.newest_rows += file->rows.stored;
    result.push_back(std::move(status));
  }
  return result;
}

std::vector<CoverageStatus> coverage_of(const std::vector<const ImportedFile*>& files) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<DayRange>> found;
  for (const ImportedFile* file : files) {
    const auto proven = file->kind == RecordKind::activity ? proven_days(*file) : std::nullopt;
    if (!proven) continue;
    found[{file->vendor, file->app, "login"}].push_back(*proven);
    if (file->gives_actions) found[{file->vendor, file->app, "action"}].push_back(*proven);
  }
  std::vector<CoverageStatus> result;
  for (auto& [key, days] : found)
    result.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), united(std::move(days))});
  return result;
}

std::vector<std::string> doubts_of(const std::vector<const ImportedFile*>& files, const OrgStatus& org, Day today) {
  std::vector<std::string> doubts;
  for (const ImportedFile* file : files)
    if (file->row_cap)
      doubts.push_back(fmt::format("{}: {} rows are exactly a limit exports are cut at", file->name, file->rows.read));
  for (const CoverageStatus& coverage : org.coverage)
    for (std::size_t i = 1; i < coverage.days.size(); ++i)
      doubts.push_back(fmt::format("{} {}: nothing covers {}", coverage.vendor, coverage.kind,
                                   tell_ranges({{coverage.days[i - 1].last + 1, coverage.days[i].first - 1}})));
  for (const SnapshotStatus& snapshot : org.snapshots) {
    const bool seats = snapshot.kind == RecordKind::users || snapshot.kind == RecordKind::assignments;
    if (seats && !snapshot.dates.empty() && today - snapshot.dates.back() > stale_days)
      doubts.push_back(fmt::format("{}: the newest is {} days old", snapshot.profile, today - snapshot.dates.back()));
  }
  return doubts;
}

class ShoppingList {
 public:
  ShoppingList(OrgStatus& org, const std::vector<const ImportedFile*>& files, const Policy& policy, DayRange window)
      : org_(org), policy_(policy), window_(window) {
    for (const ImportedFile* file : files) used_.insert(file->profile);
  }

  void fill() {
    std::set<std::string> vendors;
    for (const SnapshotStatus& snapshot : org_.snapshots) {
      if (snapshot.kind != RecordKind::users && snapshot.kind != RecordKind::assignments) continue;
      vendors.insert(snapshot.vendor);
      if (!snapshot.dates.empty() && window_.last - snapshot.dates.back() > stale_days) refresh(snapshot);
    }
    for (const std::string& vendor : vendors) {
      activity(vendor, "action");
      activity(vendor, "login");
      rights(vendor);
    }
    entitlements();
  }

 private:
  void refresh(const SnapshotStatus& snapshot) {
    MissingFile missing{snapshot.vendor, std::string(to_string(snapshot.kind)), {}, {}, snapshot.profile, {}};
    missing.why =
        fmt::format("the newest is of {}: who holds a seat may have changed", to_string(snapshot.dates.back()));
    if (const Profile* profile = builtin_profile(snapshot.profile)) missing.get = profile->get;
    org_.missing.push_back(std::move(missing));
  }

  void activity(const std::string& vendor, const std::string& kind) {
    const bool actions = kind == "action";
    const Profile* source = evidence_source(vendor, actions, used_, window_.length());
    if (source == nullptr) return;
    std::vector<DayRange> covered;
    for (const CoverageStatus& coverage : org_.coverage)
      if (coverage.vendor == vendor && coverage.kind == kind)
        covered.insert(covered.end(), coverage.days.begin(), coverage.days.end());
    // A log of everything shows sign-ins, too: fetching the same days twice helps nobody.
    if (!actions)
      for (const MissingFile& other : org_.missing)
        if (other.vendor == vendor && other.what == "what users did")
          covered.insert(covered.end(), other.days.begin(), other.days.end());
    MissingFile missing{vendor,
                        actions ? "what users did" : "sign-ins",
                        without({window_}, united(covered)),
                        {},
                        source->name,
                        how_to_get(*source)};
    if (missing.days.empty()) return;
    missing.why = actions ? "without it no tier can be judged, and idle seats only by sign-ins"
                          : "without it idle seats stay unjudged";
    if (source->retention_days > 0 && window_.last - missing.days.front().first > source->retention_days)
      missing.why += fmt::format("; the source keeps {} days only", source->retention_days);
    org_.missing.push_back(std::move(missing));
  }

  /// Where seats are of licenses that rights draw on: who was given which right.
  void rights(const std::string& vendor) {
    const auto lists = [&](LicenseIdsOf what) {
      return std::any_of(org_.snapshots.begin(), org_.snapshots.end(), [&](const SnapshotStatus& snapshot) {
        const Profile* profile = builtin_profile(snapshot.profile);
        return snapshot.vendor == vendor && profile != nullptr && license_ids_of(*profile) == what;
      });
    };
    if (!lists(LicenseIdsOf::seats) || lists(LicenseIdsOf::rights)) return;
    for (const Profile* profile : builtin_profiles_of(vendor))
      if (license_ids_of(*profile) == LicenseIdsOf::rights)
        org_.missing.push_back({vendor,
                                "permission sets assigned",
                                {},
                                "without it no license that was left behind is found",
                                profile->name,
                                how_to_get(*profile)});
  }

  void entitlements() {
    const bool bought = std::any_of(org_.snapshots.begin(), org_.snapshots.end(), [](const SnapshotStatus& snapshot) {
      return snapshot.kind == RecordKind::entitlements;
    });
    const bool stated = std::any_of(policy_.contracts.begin(), policy_.contracts.end(),
                                    [&](const Contract& contract) { return contract.org == org_.org; });
    if (bought || stated || org_.snapshots.empty()) return;
    org_.missing.push_back({{},
                            "purchased seats",
                            {},
                            "without it unassigned seats and contract prices are unknown",
                            {},
                            "seatlint config init --from-store writes a [[contract]] for each product to fill in"});
  }

  OrgStatus& org_;
  const Policy& policy_;
  DayRange window_;
  std::set<std::string> used_;
};

std::vector<ContractStatus> contracts_of(const Store& store, const Policy& policy, const Catalog& catalog, Day today) {
  std::vector<ContractStatus> contracts;
  for (const LineInForce& each : lines_in_force(store, policy, catalog, today)) {
    ContractStatus status{each.org, each.product, each.line.quantity, each.line.floor, each.line.term_end, {}, {}};
    if (const auto release = release_of(each.line, today)) {
      status.ends_on = release->on;
      status.notice_by = release->notice_by;
    }
    contracts.push_back(std::move(status));
  }
  std::stable_sort(contracts.begin(), contracts.end(), [](const ContractStatus& a, const ContractStatus& b) {
    return a.notice_by && (!b.notice_by || *a.notice_by < *b.notice_by);
  });
  return contracts;
}

}  // namespace

std::string tell_ranges(const std::vector<DayRange>& days) {
  std::string text;
  for (const DayRange& range : days) {
    text += (text.empty() ? "" : ", ") + to_string(range.first);
    if (range.last != range.first) text += " to " + to_string(range.last);
  }
  return text;
}

namespace {

/// `direction` is 1 or -1.
std::optional<Day> shifted(Day from, std::string_view text, int direction) {
  int count = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 1 || count > 10'000) return std::nullopt;
  std::string unit = fold_case(trim(std::string_view(rest, text.data() + text.size())));
  if (unit.ends_with('s')) unit.pop_back();
  count *= direction;
  if (unit == "day" || unit == "d") return from + count;
  if (unit == "week" || unit == "w") return from + 7 * count;
  const bool years = unit == "year" || unit == "y";
  if (!years && unit != "month" && unit != "mo") return std::nullopt;
  const Civil start = civil(from);
  const int months = start.year * 12 + static_cast<int>(start.month) - 1 + (years ? 12 * count : count);
  if (months < 1600 * 12) return std::nullopt;
  const int year = months / 12;
  const auto month = static_cast<unsigned>(months % 12 + 1);
  // The last day of a shorter month stands for the days it lacks.
  const Day next = month == 12 ? make_day(year + 1, 1, 1) : make_day(year, month + 1, 1);
  return std::min(make_day(year, month, 1) + (static_cast<int>(start.day) - 1), next - 1);
}

}  // namespace

std::optional<Day> after_period(Day from, std::string_view text) { return shifted(from, text, 1); }
std::optional<Day> before_period(Day until, std::string_view text) { return shifted(until, text, -1); }

StoreStatus store_status(const Store& store, const Policy& policy, const Catalog& catalog, Day today) {
  StoreStatus status;
  status.path = store.path();
  status.today = today;
  status.window = {today - policy.window_days.value + 1, today};
  const std::vector<ImportedFile> files = store.files();
  status.files = files.size();
  for (const std::string& name : store.orgs()) {
    std::vector<const ImportedFile*> of_org;
    for (const ImportedFile& file : files)
      if (file.org == name) of_org.push_back(&file);
    OrgStatus org;
    org.org = name;
    org.snapshots = snapshots_of(of_org);
    org.coverage = coverage_of(of_org);
    org.doubts = doubts_of(of_org, org, today);
    ShoppingList(org, of_org, policy, status.window).fill();
    status.orgs.push_back(std::move(org));
  }
  status.contracts = contracts_of(store, policy, catalog, today);
  status.last_audit = store.last_audit();
  if (status.last_audit) status.next_audit = after_period(status.last_audit->ran_on, policy.review_every);
  return status;
}

}  // namespace seatlint
