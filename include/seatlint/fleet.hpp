// SPDX-License-Identifier: Apache-2.0
// Everything that is true on the audit date, as plain values: loaded once, read-only afterwards.
#pragma once

#include <bitset>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/account.hpp"
#include "seatlint/base.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/facts.hpp"
#include "seatlint/policy.hpp"

namespace seatlint {

class Arena;

/// Features of all vendors, numbered within one fleet. More than this many is a policy error.
using FeatureSet = std::bitset<256>;

/// The records proving the first and the last day of one use in one file.
struct Proof {
  int file = -1;
  Day first, last;
  std::uint64_t first_line = 0, last_line = 0;
};

/// One action as the log has it, with what the catalog and the policy recognize in it.
struct FleetAction {
  std::string vendor, object, verb, app, environment;
  bool machine = false;
  bool sign_in = false;
  bool from_column = false;  ///< a snapshot's last-activity value, not a log
  FeatureSet features;
};

/// An account's days of one action, up to the audit date.
struct Use {
  int action = 0;  ///< index into Fleet::actions
  DayView days;
};

struct FleetOrg {
  std::string name;
};

/// A product that is assigned or bought in the fleet, or could be recommended.
struct FleetProduct {
  std::string id, name, vendor;    ///< an unknown product's id is its name as exported
  const Product* known = nullptr;  ///< nullptr: in no catalog or policy
  FeatureSet grants, conditional;  ///< sign-in included
};

/// What was bought of one product in one org, one line of a contract.
struct EntitlementLine {
  int org = 0, product = 0;
  std::int64_t quantity = 0;
  std::optional<Money> unit_price;
  std::optional<Day> term_start, term_end;
  std::optional<int> notice_days;
  std::optional<std::int64_t> floor;
  bool any_time = false;  ///< reducible before term end
  Evidence evidence;      ///< or, from the policy, `policy_line`
  int policy_line = 0;
  std::optional<std::int64_t> block{};    ///< seats come in lots of so many; unset: as the catalog says
  std::optional<bool> price_protected{};  ///< fewer seats lose the price; unset: as the catalog says
};

/// What is not told of most seats.
struct SeatMore {
  Evidence evidence;
  RecordPlace left_behind;
};

/// One assignment on the audit date. Small: a fleet has millions of them.
struct Seat {
  int account = 0, product = 0;
  int org = 0;          ///< its account's
  MaybeDay first_seen;  ///< start of its present run, only where an earlier snapshot lacks it
  MaybeDay clock_start;
  SharedText clock_origin;  ///< "created", "first seen", "reactivated", "back from leave" or empty
  bool by_group = false;
  bool assumed = false;  ///< from [[assume]], not from an export
  const SeatMore* told_more = nullptr;

  /// The record that assigns it: its account's first, where nothing else is told.
  Evidence evidence(const Account& holder) const {
    return told_more == nullptr ? Evidence(holder.row, {}) : told_more->evidence;
  }
  /// The list of rights that shows that none of its holder's needs it; no file: one may.
  RecordPlace left_behind() const { return told_more == nullptr ? RecordPlace() : told_more->left_behind; }
};
static_assert(sizeof(Seat) == 32);

/// Which days are proven for one org and vendor; `app` empty: for every application of the vendor.
struct CoverageSpan {
  int org = 0;
  std::string vendor, app;
  std::vector<DayRange> login, action;  ///< sorted, not touching, after taking capped edges away
};

/// Why a source is not to be trusted on some days.
struct Suspicion {
  std::string rule;  ///< "row-cap", "feed-stopped", ...
  int org = 0;
  std::string vendor;
  DayRange days;
  Evidence evidence;
};

/// An identity in a log that no snapshot knows.
struct UnknownActor {
  int org = 0;
  std::string vendor;
  std::string key;
  Day first, last;
  int days = 0;
  bool machine = false;
  std::vector<LoggedBlock> blocks;
};

struct Fleet {
  Day as_of;
  bool as_of_given = false;
  DayRange window;  // (as_of - W, as_of]
  const Policy* policy = nullptr;
  const Catalog* catalog = nullptr;
  std::vector<ImportedFile> files;  ///< sorted by name, digest, org
  std::vector<bool> file_used;      ///< does this file take part on the audit date (a chosen snapshot, a log up to it)
  std::vector<FleetOrg> orgs;       ///< sorted by name
  std::vector<std::string> features;   ///< bit -> id; bit 0 is sign-in
  std::vector<FleetProduct> products;  ///< sorted by id
  std::vector<FleetAction> actions;
  AccountList accounts;                ///< sorted by org, key, vendor
  std::vector<Seat> seats;             ///< sorted by account, product
  std::vector<EntitlementLine> lines;  ///< all lines, valid on the audit date or not, sorted by org, product, price
  std::vector<CoverageSpan> coverage;  ///< sorted by org, vendor, app
  std::vector<Suspicion> suspicions;
  std::map<std::pair<int, std::string>, Day> last_activity;  ///< newest day of anybody's activity, by org and vendor
  std::vector<UnknownActor> unknown_actors;
  std::vector<Diagnostic> diagnostics;  ///< e.g. a snapshot far from the audit date, an ambiguous join
  int persons = 0;
  std::int64_t concealed = 0;                  ///< log identities that are hashed and can't join
  std::vector<std::vector<int>> log_actions;   ///< by file: indexes into `actions` by the numbers its blocks use
  std::vector<std::shared_ptr<Arena>> memory;  ///< what views point into

  int feature_bit(std::string_view id) const;    ///< -1: nobody grants or shows it
  int product_index(std::string_view id) const;  ///< -1: not in the fleet
  int org_index(std::string_view name) const;    ///< -1: not in the fleet
};

/// What accounts did, unpacked. Whoever asks for many keeps one: it needs no new memory for each.
class Uses {
 public:
  /// Sorted by action, one an action; valid until the next call. Throws Error where the store is damaged.
  std::span<const Use> of(const Fleet& fleet, const Account& account);

 private:
  std::vector<Use> uses_;
  std::vector<std::size_t> starts_;  ///< of their days in `bytes_`
  std::vector<std::uint8_t> bytes_;
  std::size_t used_ = 0;         ///< of them
  std::vector<DayBits> united_;  ///< of actions that several files tell of

  void add(int action, Day first, Day last, const auto& mark, Day until);
  void settle();
};

/// Orgs and vendors of which some account has a last-activity value.
std::set<std::pair<int, std::string_view>> with_column(const Fleet& fleet);
/// Accounts of which `asks` is true, in their order (indexes into Fleet::accounts). Several are asked at once.
std::vector<std::size_t> accounts_that(const Fleet& fleet, const std::function<bool(const Account&)>& asks);

/// Contracted price of a product in an org (the dearest valid line), else its list price; unset: unknown.
struct UnitPrice {
  std::optional<Money> money;
  bool contracted = false;
  std::string origin;  ///< "contract", "list 2026-07-01 (source)", ...
};
UnitPrice unit_price(const Fleet& fleet, int org, int product);

/// The records behind one action of an account, by file, the newest first.
std::vector<Proof> proofs_of(const Fleet& fleet, const Account& account, int action);
/// The newest activity that logs show of an account.
struct LastUse {
  Day day;
  int action = -1;            ///< -1: there is none
  std::vector<Proof> proofs;  ///< the records behind that action, by file, the newest first
};
struct LastUses {
  LastUse human, machine;
};
/// `vendor`: whose actions are meant; empty: everybody's.
LastUses last_uses(const Fleet& fleet, const Account& account, std::string_view vendor);
/// The newest day up to `until` on which the vendor's logs show the account. Throws Error where the store is damaged.
std::optional<Day> last_logged(const Fleet& fleet, const Account& account, std::string_view vendor, Day until);
/// The records behind all that a stranger did, the newest first.
std::vector<Proof> proofs_of(const Fleet& fleet, const UnknownActor& stranger);

bool valid_on(const EntitlementLine& line, Day day);

}  // namespace seatlint
