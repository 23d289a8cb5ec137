// SPDX-License-Identifier: Apache-2.0
// What one row of an export says, and the ledger line of the file it stood in: the values that pass
// from profile and ingest to the store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint {

enum class RecordKind { users, assignments, activity, entitlements, departures, leave, lookup };
std::string_view to_string(RecordKind kind);
std::optional<RecordKind> parse_record_kind(std::string_view text);

enum class AccountClass : std::uint8_t { human, integration, admin, shared, external };
std::string_view to_string(AccountClass value);
std::optional<AccountClass> parse_account_class(std::string_view text);

/// `frozen` cannot sign in, but no vendor releases a seat for it.
enum class AccountState : std::uint8_t { active, disabled, frozen, deleted };
std::string_view to_string(AccountState value);
std::optional<AccountState> parse_account_state(std::string_view text);

/// A snapshot's own last-login value.
struct LastActivity {
  enum class Kind : std::uint8_t {
    absent,  ///< the export has no such column, or the value is not known
    never,   ///< the export says: never
    on,      ///< on `day`
    before,  ///< a bound: nothing on `day` or later ("not in the last 30 days")
  };
  Kind kind = Kind::absent;
  Day day;
  bool operator==(const LastActivity&) const = default;
};

/// How to find an account: any of these may be empty. Ids are already normalized (GUIDs lower-case,
/// Salesforce ids 18 characters), logins and e-mails trimmed and case-folded.
template <typename Text>
struct BasicIdentity {
  Text id;
  Text login;
  Text email;
  std::vector<Text> aliases;  ///< further ids, logins or addresses of the same account
  Text federation_id;
  Text hr_id;
};
using Identity = BasicIdentity<std::string>;

/// One row of kind users or assignments: an account and what it holds on the snapshot date.
template <typename Text>
struct BasicUserRow {
  BasicIdentity<Text> identity;
  Text shown;  ///< the login (or e-mail) as written, where folding changed it
  Text name, title, department, manager, cost_center, environment;
  std::vector<Text> roles;
  std::optional<AccountState> state;          ///< unset: the file does not tell
  std::optional<AccountClass> account_class;  ///< unset: the file does not tell
  std::optional<Day> created;
  LastActivity last_activity;
  bool has_products = false;         ///< the file speaks about products at all (an empty list is then "none")
  std::vector<Text> products;        ///< as written, split; direct assignments
  std::vector<Text> group_products;  ///< assigned through a group
  Text profile_ref;                  ///< key of a `lookup` row that names the product (Salesforce ProfileId)
  Text profile_name;
  /// The vendor's id of the license this row assigns; in a row without products, of the license that a right the row
  /// grants needs, empty for none. Unset: the file does not tell.
  std::optional<Text> license_id;
};
using UserRow = BasicUserRow<std::string>;
using UserView = BasicUserRow<std::string_view>;

/// One row of kind activity.
struct ActivityRow {
  Day day;
  Identity actor;
  std::string object, verb;  ///< folded; a sign-in is object "session", verb "sign-in"
  std::string app, environment;
  bool success = true;
  bool machine = false;
  std::string dedupe_key;  ///< rows sharing it within a file are one
};

/// One row of kind entitlements. Unknown stays unset.
struct EntitlementRow {
  std::string product;  ///< as written
  std::optional<std::int64_t> quantity;
  std::optional<std::int64_t> assigned;
  std::optional<Money> unit_price;  ///< per seat and month
  std::optional<Day> term_start, term_end;
  std::optional<int> notice_days;
  std::optional<std::int64_t> floor;
  std::string reducible;  ///< "at-renewal", "any-time" or empty
};

/// One row of kind departures or leave.
struct PersonRow {
  std::string email, hr_id, login, name;
  std::optional<Day> last_day;  ///< departures; unset: has not left
  std::optional<Day> from, to;  ///< leave or part-time; unset: open
  std::optional<int> share;     ///< part-time: per cent of full time, 1 to 99; unset: leave
};

/// One row of kind lookup: what another file's reference means.
struct LookupRow {
  std::string key, name, product;
};

struct RowCounts {
  std::uint64_t read = 0, stored = 0, rejected = 0, skipped = 0, duplicate = 0;
  bool operator==(const RowCounts&) const = default;
};

struct Reject {
  std::uint64_t line = 0;
  std::uint32_t column = 0;  ///< field number from 1; 0: the row as a whole
  std::string reason;
};

/// The ledger line of one imported file.
struct ImportedFile {
  std::int64_t id = 0;  ///< the store's; never shown, since it depends on the order of import
  std::string name;     ///< as given, without directories
  std::string sha256;
  std::uint64_t bytes = 0;
  RecordKind kind = RecordKind::users;
  std::string profile, vendor, org, tenant;
  std::string app;  ///< activity: the one application its rows can show; empty: any of the vendor
  std::optional<Day> snapshot_date;
  std::optional<DayRange> days;    ///< activity: first and last day of its rows, failures included
  std::optional<DayRange> covers;  ///< activity: the period it proves (stated, else `days`)
  bool covers_stated_by_hand = false;
  bool gives_actions = false;      ///< activity: objects are mapped, so it covers kind `action` too
  bool has_last_activity = false;  ///< users: the export has a last-activity column
  bool blank_means_never = false;  ///< users: its blanks say "never"
  bool row_cap = false;            ///< its record count is a suspicious round number or a vendor's limit
  std::optional<Day> cap_edge;     ///< the day at which a capped file was cut
  bool shrink_allowed = false;
  std::string encoding, delimiter;
  RowCounts rows;
  std::map<std::string, std::uint64_t> skipped;  ///< reason -> rows
  std::vector<std::string> warnings;
};

/// A set of days from 1970 on, in somebody else's bytes: `base` is a multiple of 8 days, and bit i of byte i/8, most
/// significant first, is day base + i. No leading or trailing zero bytes, so equal sets are equal bytes.
struct DayView {
  Day base;
  std::uint32_t size = 0;
  const std::uint8_t* bytes = nullptr;
  bool test(Day day) const;
  Day first() const;  ///< not for an empty set
  Day last() const;   ///< not for an empty set
  /// The newest day on or before `limit`.
  std::optional<Day> last_until(Day limit) const;
  /// How many days lie in the range.
  int count_in(DayRange range) const;
  std::size_t count() const;
  bool empty() const { return size == 0; }
};

/// The same in bytes of its own, to be changed.
struct DayBits {
  Day base;
  std::vector<std::uint8_t> bits;
  void add(Day day);
  void merge(DayView other);
  void truncate_after(Day limit);
  DayView view() const { return {base, static_cast<std::uint32_t>(bits.size()), bits.data()}; }
  bool test(Day day) const { return view().test(day); }
  Day first() const { return view().first(); }
  Day last() const { return view().last(); }
  std::optional<Day> last_until(Day limit) const { return view().last_until(limit); }
  int count_in(DayRange range) const { return view().count_in(range); }
  std::size_t count() const { return view().count(); }
  bool empty() const { return bits.empty(); }
};

/// What was done, as the log has it.
struct ActionKey {
  std::string object, verb, app, environment;
  bool machine = false;
  auto operator<=>(const ActionKey&) const = default;
};
/// All that one log identity did in one file, packed (ingest/activity_block.hpp); joined to accounts when read.
struct ActivityBlock {
  std::int64_t part = 0;              ///< a file too large for memory is written in several parts
  std::uint64_t actor = 0;            ///< hash of the identity; ascending within a part
  std::string_view id, login, email;  ///< `email` is empty where it equals `login`
  std::string_view facts;
};

/// Where ingest hands what a file says. Implemented by the store inside one transaction per file.
class FactSink {
 public:
  virtual ~FactSink() = default;
  virtual void user(const UserRow& row, std::uint64_t line) = 0;
  virtual void entitlement(const EntitlementRow& row, std::uint64_t line) = 0;
  virtual void person(const PersonRow& row, std::uint64_t line) = 0;
  virtual void lookup(const LookupRow& row, std::uint64_t line) = 0;
  virtual void activity(const ActivityBlock& block) = 0;
};

}  // namespace seatlint
