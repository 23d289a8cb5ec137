// SPDX-License-Identifier: Apache-2.0
// A profile as plain values: what the TOML says, before any header is known.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "profile/dates.hpp"
#include "seatlint/profile.hpp"

namespace seatlint::profile {

/// How an identity key is brought to its one spelling.
enum class KeyForm {
  text,           ///< trimmed, case-folded
  guid,           ///< lower-case, braces off; the all-zero GUID is no key
  salesforce_id,  ///< 15 characters become 18; compared case-sensitively; zeros are no key
  untagged,       ///< case-folded, without a plus tag: `ana+crm@x` is `ana@x`
  upn,            ///< case-folded; `a_b.example#EXT#@c` becomes `a@b.example`
};

/// Where one text comes from.
struct Source {
  std::string column;             ///< header name; empty: not from a column
  unsigned nth = 1;               ///< which of several columns of this name
  std::vector<std::string> json;  ///< path inside a JSON cell
  std::optional<std::string> constant;
  std::string file_name;          ///< pattern on the file's name; `{}` is what is taken
  std::vector<std::string> join;  ///< several columns, put together
  std::string with;
  std::vector<std::string> unless;  ///< not used where the file has one of these columns
  std::string pattern;              ///< on the cell; `{}` is what is taken
  std::optional<KeyForm> as;
  bool bound = false;  ///< a date that only says: nothing later than this day
};

/// One column whose yes means a constant ("wide" tables).
struct WideColumn {
  std::string column, means;
};

/// Where a field comes from: the first source that exists and is not blank, or all of them.
struct Field {
  std::vector<Source> sources;
  bool all = false;
  std::vector<WideColumn> wide;
  std::vector<std::string> yes;
};

struct Word {
  std::string name;
  std::vector<std::string> globs;
};
struct Vocabulary {
  std::vector<Word> words;  ///< first match wins
  bool exact_case = false;
};

struct Split {
  std::vector<char> separators;
  bool tight = false;               ///< not beside a blank
  bool json = false;                ///< the cell is a JSON array
  std::vector<std::string> before;  ///< only where one of these follows
  std::vector<std::string> take;    ///< keep only items that start so, without it
  std::string after;                ///< drop everything up to this ("tenant:SKU")
};

/// A test of one cell. A column the file lacks fits nothing.
struct Test {
  Field field;
  std::string label;                    ///< column name, for messages
  std::vector<std::string> is, is_not;  ///< globs
  std::optional<bool> empty;
  bool exact_case = false;
};
struct Predicate {
  bool all = true;  ///< all of `tests`, else any
  std::vector<Test> tests;
};

struct SkipRule {
  Predicate when;
  std::string reason;
  bool keep = false;    ///< the row goes unless `when` holds
  bool covers = false;  ///< its day still counts as covered
};

/// Constants put into a row where a predicate holds; the first that does wins.
struct SetRule {
  Predicate when;
  std::string value;
};

/// A date written in the file's name, or elsewhere outside the rows.
struct DateSource {
  std::string column, name, newest, footer;
};

struct MoneyRules {
  std::string currency;
  int months = 1;        ///< a price is for so many months
  bool of_line = false;  ///< a price is for all seats of the line
};

}  // namespace seatlint::profile

namespace seatlint {

struct Profile::Rules {
  std::vector<std::vector<std::string>> any_of;
  std::vector<std::string> forbid, name_hints;
  bool fallback = false;

  std::vector<std::string> footer, fill_down;
  std::vector<profile::DateSource> snapshot_date;
  std::string covers_name;  ///< file-name pattern with one or two dates
  std::vector<profile::Source> tenant;
  bool tenant_mixed = false;  ///< rows may name others: the most frequent counts

  std::map<std::string, profile::Field> columns;
  std::map<std::string, profile::Vocabulary> values;
  std::vector<std::string> nulls;  ///< cells that mean "nothing" in every column
  std::map<std::string, profile::Split, std::less<>> split;
  std::map<std::string, profile::KeyForm, std::less<>> identity;
  std::string concealed;  ///< what to do where a login is 32 hexadecimal digits; empty: not checked

  std::optional<profile::DayOrder> order;   ///< unset: settled from the columns
  std::optional<profile::DayOrder> prefer;  ///< what the export writes where no value settles it
  std::string timezone;
  bool excel = false;
  bool relative = false;  ///< "2 days ago", counted from the snapshot date

  profile::MoneyRules money;

  std::vector<profile::SkipRule> skip;  ///< `skip` and `keep`, in written order
  std::vector<profile::SetRule> account_class, state, client, sign_in;
  std::vector<profile::Source> dedupe;  ///< all of them together are the key
};

}  // namespace seatlint
