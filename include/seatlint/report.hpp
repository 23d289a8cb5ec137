// SPDX-License-Identifier: Apache-2.0
// The one immutable value between judging and rendering: everything a report says, already sorted.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint {

enum class Severity { info, low, medium, high, critical };
std::string_view to_string(Severity severity);
std::optional<Severity> parse_severity(std::string_view text);

/// The four families that carry money or access, the data doubts, and none (`used`, `new`, ...).
enum class Family { none, idle, overprovisioned, mistiered, access, data };
std::string_view to_string(Family family);

struct EvidenceLine {
  std::string file;
  std::uint64_t line = 0;  ///< 0: the file as a whole
  std::string says;
};

struct WaivedBy {
  Day until;
  std::string reason, owner;
};

/// One finding: a seat (product set), an account or a product (account empty).
struct Finding {
  std::string_view rule, code;  ///< names of a Rule
  Family family = Family::none;
  Severity severity = Severity::info;
  std::string_view certainty = "certain";  ///< certain | likely | hint
  std::string org, account, user, name, title, department, manager, cost_center;
  std::string role;                        ///< name of the matching [[role]]
  std::string product, product_name;       ///< product id, or empty
  std::optional<Money> cost;               ///< of the seat, a month
  std::optional<Money> saving;             ///< a month
  std::vector<std::string> suggest;        ///< product ids
  std::vector<std::string> suggest_names;  ///< the same, as people call them; may be empty
  std::optional<Money> suggest_cost;       ///< a month, of the whole suggested set
  std::optional<Day> last_activity;
  int days_used = 0;               ///< in the window
  std::string why;                 ///< one sentence
  std::vector<std::string> notes;  ///< e.g. "on-leave", "since 2026-07-03"
  std::vector<EvidenceLine> evidence;
  std::shared_ptr<const WaivedBy> waived;  ///< nullptr: it is not
  std::optional<bool> is_new{};  ///< not in the earlier audit the report looks back to; unset: it looks at none
  std::int64_t count = 1;        ///< how many findings this one stands for, where names are hidden
};

/// Findings in their order. They may be made only when they are looked at: a fleet has hundreds of thousands of them,
/// and most formats need one at a time.
class FindingList {
 public:
  /// Writes the finding at this place over whatever `room` holds. Called by several threads at once.
  using Make = std::function<void(std::size_t at, Finding& room)>;

  FindingList() = default;
  FindingList(std::size_t count, Make make) : count_(count), make_(std::move(make)) {}

  std::size_t size() const { return make_ ? count_ : made_.size(); }
  bool empty() const { return size() == 0; }
  /// One of them, perhaps made in `room`, and then valid as long as that stays untouched.
  const Finding& at(std::size_t i, Finding& room) const {
    if (!make_) return made_[i];
    make_(i, room);
    return room;
  }

  /// All of them, made if they are not yet: not by two threads at once.
  std::vector<Finding>& all() { return make_all(), made_; }
  const std::vector<Finding>& all() const { return make_all(), made_; }
  auto begin() { return all().begin(); }
  auto end() { return all().end(); }
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }
  Finding& operator[](std::size_t i) { return all()[i]; }
  const Finding& operator[](std::size_t i) const { return all()[i]; }

 private:
  std::size_t count_ = 0;
  mutable Make make_;  ///< none: all are in `made_`
  mutable std::vector<Finding> made_;

  void make_all() const;
};

struct Reducible {
  std::int64_t minor = 0;
  Day on;
  std::optional<Day> notice_by;  ///< the last day to give notice
};

struct ProductLine {
  std::string org, product, name;
  std::optional<std::int64_t> purchased;  ///< without a contract: unset
  std::int64_t assigned = 0, used = 0, idle = 0, overprovisioned = 0, mistiered = 0;
  std::optional<std::int64_t> unassigned;
  std::int64_t waived = 0, unjudged = 0, outside = 0;
  std::int64_t withheld = 0;  ///< counted in none of them, where names are hidden
  std::optional<Money> unit_price;
  std::string price_origin;                 ///< "contract" or "list 2026-07-01, <source>"
  std::int64_t exposure_minor = 0;          ///< of this product, a month, in unit_price's currency
  std::vector<Reducible> reducible;         ///< of this product, in unit_price's currency
  std::vector<std::string> contract_notes;  ///< why the contract does not let go of more
};

/// All figures are minor units a month of one currency; the identity of docs/definitions.md holds exactly.
struct MoneyLine {
  std::string currency;
  std::int64_t contract = 0, used = 0, idle = 0, overprovisioned = 0, tier_excess = 0, unassigned = 0, waived = 0,
               unjudged = 0, outside = 0;
  std::int64_t withheld = 0;        ///< counted in none of them, where names are hidden
  std::int64_t unpriced_seats = 0;  ///< seats without any price: in the policy's currency line only
  std::int64_t exposure = 0, reassignable = 0;
  std::vector<Reducible> reducible;
  std::int64_t conditional = 0;  ///< savings that hold only under a condition beyond one account; never in exposure
  std::map<std::string, std::int64_t> seats;  ///< part of the contract, as JSON names it -> seats in it
  std::int64_t by_contract = 0;  ///< how much of `contract` rests on contract prices; the rest on list prices
};

/// Seats by verdict, and where their money went.
struct CrosswalkRow {
  std::string verdict;
  Family family = Family::none;
  std::int64_t seats = 0, waived = 0;
  std::map<std::string, std::int64_t> minor;  ///< currency -> full monthly cost of these seats
};

/// A seat whose verdict would be another one if a threshold were a few days longer or shorter.
struct BorderlineSeat {
  std::string org, account, user, product, product_name, verdict, becomes;
  std::string setting;  ///< "idle_days" or "grace_days"
  int value = 0, flips_at = 0;
  std::optional<Day> last_activity;
};

struct Doubt {
  std::string rule, org, says;
  std::string fetch;  ///< which file would end the doubt: menu path and days
};

struct InputLine {
  std::string file, sha256, kind, org, profile;
  std::uint64_t rows = 0;
  std::optional<Day> first, last;  ///< covered days, or the snapshot date in both
};

/// A file that an import in the same run refused, and why.
struct RefusedFile {
  std::string file, says;
};

/// One limit of `check`, what it was compared with and what came out, all as text for people.
struct Gate {
  std::string name;  ///< the option's, without dashes: "max-exposure", "max-seats dynamics365.team-members"
  std::string limit, actual, headroom;
  bool broken = false;
  std::string why;  ///< what else is to be known, missing data above all
};

/// Seats of one department, waived ones apart.
struct DepartmentLine {
  std::string department;
  std::int64_t seats = 0, used = 0, idle = 0, overprovisioned = 0, mistiered = 0, other = 0;
  std::map<std::string, std::int64_t> saving;  ///< currency -> minor a month
};

/// Judged seats by days since their last human use, or since their clock start where that is later.
struct IdleBucket {
  int first_days = 0, last_days = 0;
  std::int64_t seats = 0;
};

/// The days proven for one org, vendor and activity kind within the report's calendar.
struct CoverageLine {
  std::string org, vendor, kind;
  std::vector<DayRange> days;
};

/// A waiver of the policy and what it excepts.
struct WaiverLine {
  std::string rule, subject, owner, reason;
  Day until;
  std::int64_t findings = 0;
  std::map<std::string, std::int64_t> saving;  ///< currency -> minor a month
};

/// An earlier day judged by today's policy: what its wasted seats cost, currency -> minor a month.
struct TrendPoint {
  Day as_of;
  std::map<std::string, std::int64_t> wasted;
};

/// The earlier audit that findings are compared with.
struct Since {
  Day as_of;
  std::string origin;  ///< "as of 2026-06-30" or the file's name
  std::string sha256;  ///< of the file; empty for a date
};

/// How persons appear. Each is tighter than the one before.
enum class Names { show, pseudonym, hide };
std::string_view to_string(Names names);
std::optional<Names> parse_names(std::string_view text);

struct Report {
  Day as_of, today;
  bool as_of_given = false;
  DayRange window;
  int idle_days = 90, grace_days = 30;
  std::vector<InputLine> inputs;
  std::vector<RefusedFile> refused;  ///< of this run only, so no machine format has it
  std::vector<std::string> known;    ///< files of this run that were in the store before; likewise
  std::vector<std::string> asked;    ///< families and rules this report is limited to; empty: everything
  std::string policy_path, policy_sha256;
  std::vector<std::pair<std::string, Day>> catalogs;
  std::vector<ProductLine> products;
  std::vector<MoneyLine> money;
  std::vector<CrosswalkRow> crosswalk;  ///< in verdict-table order, only verdicts that occur
  std::int64_t assigned = 0, tier_unjudged = 0, tier_unpriced = 0, conditional_downgrades = 0;
  std::int64_t accounts = 0;
  FindingList findings;  ///< sorted: see docs/report.md
  std::vector<Doubt> doubts;
  std::vector<BorderlineSeat> borderline;  ///< in the order of accounts and products
  std::vector<std::string> hints;          ///< commands to try next
  Names names = Names::show;
  int min_group = 0;  ///< where names are hidden: figures about persons are multiples of it
  std::optional<Since> since;
  std::vector<Gate> gates;  ///< of `check`
  std::vector<DepartmentLine> departments;
  std::vector<IdleBucket> idle_histogram;
  std::vector<CoverageLine> coverage;
  std::vector<WaiverLine> waivers;
  std::vector<TrendPoint> trend;  ///< oldest first, before this audit
};

struct RenderOptions {
  bool color = false;
  int columns = 80;
  bool terminal = false;
  std::string group_by;          ///< "", "department", "manager", "product", "role", "cost-center"
  bool byte_order_mark = false;  ///< in front of csv, for Excel
};

/// Output formats by name; the list is generated from src/CMakeLists.txt.
std::vector<std::string> report_formats();
/// Throws Error for an unknown format, with the nearest known one.
void render(const Report& report, std::string_view format, const RenderOptions& options, std::ostream& out);

}  // namespace seatlint
