// SPDX-License-Identifier: Apache-2.0
// A small invented company: what its exports and its policy say. The generator makes one from a seed, the writer puts
// it into CSV and TOML files for the tool, and the oracle judges it from these plain values without the tool.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace property {

/// Days since 1970-01-01. Deliberately not the tool's own type.
using Day = int;
Day day_of(int year, int month, int day);
std::string iso(Day day);

struct Price {
  long long minor = 0;
  std::string currency;
};

struct Product {
  std::string id, name, kind, family;
  std::vector<std::string> aliases, needs, excludes, released_by, grants;
  std::optional<Price> list;
  std::string vendor() const { return id.substr(0, id.find('.')); }
  bool is_extra() const { return kind == "attach" || kind == "addon"; }
};

struct Pattern {
  std::string object;
  std::vector<std::string> verbs;
};
struct Feature {
  std::string id;
  std::vector<Pattern> match;
};

struct ContractLine {
  std::string org, product;
  int quantity = 0;
  Price price;
  std::optional<Day> start, end;
  int notice = 0, block = 1;
  std::optional<int> floor;
  bool any_time = false;
};

/// Field name and case-insensitive glob; all have to match.
using Match = std::vector<std::pair<std::string, std::string>>;
struct Role {
  Match match;
  std::vector<std::string> license, keep;
};
struct ClassRule {
  Match match;
  std::string name;
};
struct Waiver {
  std::string rule;
  Match match;
  Day until = 0;
};
struct Threshold {
  std::optional<int> idle, grace;
};

struct Policy {
  std::string timezone = "UTC", currency = "USD";
  std::vector<std::vector<std::string>> alias_domains;
  int window = 90, idle = 90, grace = 30, low_use = 0, slack = 7, feed_gap = 7;
  std::map<std::string, Threshold> by_product, by_class;
  std::vector<Product> products;
  std::vector<Feature> features;
  std::vector<ContractLine> contracts;
  std::vector<Role> roles;
  std::vector<ClassRule> classes;
  std::vector<Waiver> waivers;
};

/// One kind of export, written as a profile of its own.
struct Profile {
  std::string name, kind, vendor;
  bool has_ids = true;          ///< users: an id column
  bool has_last = false;        ///< users: a last-activity column
  bool blank_is_never = false;  ///< users: the export writes blanks for never
  bool class_column = false;    ///< users: the column Type says who is a machine
  bool maps_object = true;      ///< activity: else sign-ins only
  bool has_outcome = true;
  bool has_client = true;
  int row_cap = 0;
};

struct LastValue {
  enum class Kind { blank, never, day } kind = Kind::blank;
  Day day = 0;
};
struct UserRow {
  std::string id, login, email, name, title, department, type;
  std::string status = "active";  ///< active, disabled, deleted
  std::optional<Day> created;
  LastValue last;
  std::vector<std::string> products;  ///< as the export writes them: names, aliases, unknown ones
  bool skipped = false;               ///< the profile filters this row out
};
struct UserFile {
  std::string file, org;
  std::size_t profile = 0;
  Day date = 0;
  bool last_column = false;  ///< this file has the column at all
  std::vector<UserRow> rows;
};

struct LogRow {
  long long stamp = 0;  ///< seconds since 1970 UTC; with `day_only` midnight of the day meant
  bool day_only = false;
  std::string user, object, verb;
  bool success = true, machine = false;
};
struct LogFile {
  std::string file, org;
  std::size_t profile = 0;
  std::optional<std::pair<Day, Day>> covers;
  std::vector<LogRow> rows;  ///< in the order of the file: oldest first or newest first
};

struct HrRow {
  std::string email, id;
  std::optional<Day> first, last;  ///< leave from and to; for departures only `last`, empty for "none"
};
struct HrFile {
  std::string file, org;
  std::size_t profile = 0;
  std::vector<HrRow> rows;
};

struct World {
  std::uint64_t seed = 0;
  std::vector<std::string> orgs;
  Policy policy;
  std::vector<Profile> profiles;
  std::vector<UserFile> users;
  std::vector<LogFile> logs;
  std::vector<HrFile> departures, leave;
  Day today = 0;
  std::optional<Day> as_of;  ///< --as-of
  std::optional<int> idle_flag, grace_flag, window_flag;
  std::optional<std::string> org_flag;  ///< audit this org alone
};

World make_world(std::uint64_t seed);

/// Writes every file into `folder` (which exists) and gives the import commands, one list of arguments a file,
/// without the global options. The policy is `folder/seatlint.toml`.
std::vector<std::vector<std::string>> write_world(const World& world, const std::string& folder);
/// Arguments of the audit, without the global options.
std::vector<std::string> audit_arguments(const World& world);

/// The generator's own dice, the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 0x1234567ull) {}
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  int between(int low, int high) { return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1)); }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<int>(from.size()) - 1))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace property
