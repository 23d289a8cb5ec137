// SPDX-License-Identifier: Apache-2.0
// seatlint.toml as plain values: what the organization wants, with the line each wish stands on.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/base.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/compact.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

/// Attributes a pattern can ask for; each pattern is a case-insensitive glob.
struct Subject {
  std::string_view id, login, email, name, title, department, manager, cost_center, profile, product;
  std::span<const std::string_view> roles{};
};
/// All keys must match; a key with several globs matches when any does. No keys: matches nothing.
struct Match {
  std::vector<std::pair<std::string, std::vector<std::string>>> keys;  ///< key -> globs, in file order
  bool operator()(const Subject& subject) const;
  bool empty() const { return keys.empty(); }
};

struct Thresholds {
  std::optional<int> idle_days, grace_days;
};
/// A number and where it came from: "default", "seatlint.toml:12", "--idle-days".
struct Setting {
  int value = 0;
  SharedText origin;
};

struct Contract {
  std::string org = "default";
  std::string product;  ///< as written; resolved against the catalog when the fleet is built
  std::int64_t quantity = 0;
  std::optional<Money> unit_price;
  std::optional<Day> term_start, term_end;
  std::optional<int> notice_days;
  std::optional<std::int64_t> floor, block;
  std::optional<bool> price_protected;
  std::string reducible = "at-renewal";
  std::vector<std::string> covers;  ///< products as exports name them, for which one unit of this line stands
  int line = 0;
};
struct Assume {
  Match match;
  std::string product;
  int line = 0;
};
struct Role {
  std::string name;  ///< from `name`, else "role 1", "role 2" ...
  Match match;
  std::vector<std::string> license, keep;
  int line = 0;
};
struct ClassRule {
  Match match;
  AccountClass account_class = AccountClass::human;
  int line = 0;
};
struct Reserve {
  std::string role;
  Match match;
  int line = 0;
};
struct Waiver {
  std::string rule;  ///< a rule, a family or "*"
  Match match;       ///< may be empty when product or department is set
  std::string product, department;
  std::string owner, reason;
  Day until;
  int line = 0;
};
struct Budget {
  std::optional<Money> max_cost, max_exposure;
  std::optional<double> max_idle_pct, max_unjudged_pct;
  std::optional<int> max_unassigned, max_age_days;
  std::map<std::string, std::int64_t> seats;
};
struct Privacy {
  std::string names = "show";
  std::string key_file;  ///< of the pseudonyms; relative to the policy's folder
  std::string keep;
  int min_group = 5;
  std::vector<std::string> forbid;
};

struct Policy {
  std::string path;    ///< empty: no file, defaults only
  std::string sha256;  ///< of the file's bytes; of the empty text without a file
  std::string text;    ///< the file's bytes, for audits to keep
  std::string db;
  std::string timezone = "UTC";
  std::string currency = "USD";
  std::vector<std::vector<std::string>> alias_domains;

  Setting window_days{90, "default"}, idle_days{90, "default"}, grace_days{30, "default"};
  Setting low_use_days{0, "default"}, training_features{0, "default"}, snapshot_slack_days{7, "default"},
      feed_gap_days{7, "default"};
  std::string review_every = "3 months";
  std::vector<std::string> ignore;
  std::map<std::string, Thresholds> product_thresholds;  ///< by product id
  std::map<AccountClass, Thresholds> class_thresholds;
  std::map<std::string, int> threshold_lines;  ///< "product:<id>" or "class:<name>" -> line
  std::map<std::string, int> key_lines;        ///< "timezone", "budget.max_cost" ... as written -> line

  std::vector<Contract> contracts;
  std::vector<Assume> assumptions;
  std::vector<Role> roles;
  std::vector<ClassRule> classes;
  std::vector<Reserve> reserves;
  std::vector<Waiver> waivers;
  Budget budget;
  Privacy privacy;

  std::vector<Diagnostic> warnings;  ///< expired or overlapping entries and the like

  /// Product beats class beats general.
  Setting idle_days_for(std::string_view product, AccountClass account_class) const;
  Setting grace_days_for(std::string_view product, AccountClass account_class) const;
};

/// Reads a policy and applies its [[product]] and [[feature]] tables to `catalog`. `known_rules` are the names
/// that `ignore` and `[[waiver]] rule` may use. All errors found are in one Error, a line each with
/// `path:line:column`, unknown keys with "did you mean".
Policy parse_policy(std::string_view toml, const std::string& path, Catalog& catalog,
                    const std::vector<std::string>& known_rules);
/// The commented policy `config init` writes. `vendor` may be empty.
std::string policy_template(std::string_view vendor, const Catalog& catalog);
/// Each effective value with its origin, one `key = value  # origin` a line.
std::string show_policy(const Policy& policy);

}  // namespace seatlint
