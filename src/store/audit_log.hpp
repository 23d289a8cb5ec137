// SPDX-License-Identifier: Apache-2.0
// Recorded audits: what each was made with and the verdict of every seat, each text kept once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "store/audited_seats.hpp"
#include "store/store.hpp"
#include "store/verdict_text.hpp"

namespace seatlint {

/// A seat as an audit judged it; all amounts a month.
struct SeatRecord {
  std::string org, account, product;
  std::string verdict;
  bool waived = false;
  std::optional<Money> cost, saving;
  auto key() const { return std::tie(org, account, product); }
  bool same_verdict(const SeatRecord& other) const {
    return verdict == other.verdict && waived == other.waived && saving == other.saving;
  }
};

struct AuditRecord {
  Day ran_on, as_of;
  bool as_of_given = false;
  std::string scope;  ///< what the command line said over the policy, a `name=value` a line
  std::string policy_path, policy_text, policy_sha256;
  std::string catalog_text;
  std::string inputs;         ///< a line each: digest, org, profile, snapshot date, name; tab-separated, sorted
  std::string inputs_sha256;  ///< of the report, over digests and orgs
  std::int64_t findings = 0;
  std::vector<SeatRecord> seats;  ///< as read: sorted by org, account, product
};

/// Changes what recorded audits were made with, where a person must go from it; the text keeps the digest it had.
/// Returns how many were changed.
std::int64_t rewrite_kept_texts(const Database& db, const std::function<std::string(const std::string&)>& rewrite);

/// The seats of an audit that is to be recorded; views live as long as the audit.
struct JudgedSeats {
  std::size_t count = 0;
  std::function<SeatName(std::size_t)> name;  ///< ascending; asked for by all processors
  std::function<SeatVerdict(std::size_t)> verdict;  ///< the same
  std::vector<std::string_view> products;  ///< sorted: those of the seats, and maybe others
};

/// In one transaction, all or nothing. `seats` stands for those of the record.
void record_audit(Store& store, const AuditRecord& record, const JudgedSeats& seats);
/// The latest audit that was recorded as of `as_of`, or the latest of all without one; without its seats unless
/// `with_seats`. Seats of erased accounts are left out.
std::optional<AuditRecord> recorded_audit(const Store& store, std::optional<Day> as_of, bool with_seats);
/// The digest of the catalogs that the latest audit was made with.
std::optional<std::string> last_catalog_sha256(const Store& store);

}  // namespace seatlint
