// SPDX-License-Identifier: Apache-2.0
// What a vendor's columns mean: an import profile as read from TOML, how one is recognized by its
// header, and the decoder that turns records into facts.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "seatlint/base.hpp"
#include "seatlint/csv.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

/// One import profile. Its full content is the profile room's business; these are the parts others show or ask.
struct Profile {
  std::string name, vendor, get, seen, note, evidence;
  RecordKind kind = RecordKind::users;
  std::string origin;                ///< "built-in" or the file's path
  std::vector<std::string> require;  ///< header names that must be there
  std::string refuse;                ///< wrong-file answer: what it is and what to do; empty: importable
  csv::Options file_options;         ///< what [file] fixes of encoding, delimiter, skip_rows
  std::vector<std::uint64_t> row_caps;
  int retention_days = 0;                  ///< how far back the source can know; 0: unknown
  bool gives_actions = false;              ///< kind activity, an object is mapped, and the log holds every action
  bool maps_object = false;                ///< kind activity, and an object is mapped, whatever the log proves
  bool suggest = true;                     ///< worth fetching when evidence is missing
  std::vector<std::string> together_with;  ///< profiles whose logs complete this one: its days count where theirs do
  bool covers_days = true;                 ///< false: its rows are evidence, their absence is none (sampled, API only)
  std::string app;                         ///< the one application its rows can show; empty: any of the vendor
  struct Rules;                            ///< columns, vocabularies, splits, row predicates
  std::shared_ptr<const Rules> rules;
};

/// Reads one profile. Errors carry `origin`, line and column.
Profile parse_profile(std::string_view toml, const std::string& origin);
/// The embedded profiles, sorted by name.
const std::vector<Profile>& builtin_profiles();
/// Those of one vendor, in the same order, without parsing the others.
std::vector<const Profile*> builtin_profiles_of(std::string_view vendor);

/// The built-in export that would show sign-ins (or, with `actions`, what was done) of a vendor: one that proves its
/// days, reaches `days_back` days and is in use already, if there is one. nullptr: none is known.
const Profile* evidence_source(std::string_view vendor, bool actions, const std::set<std::string>& used, int days_back);
/// What an export's ids of licenses are about (UserRow::license_id).
enum class LicenseIdsOf { nothing, seats, rights };
LicenseIdsOf license_ids_of(const Profile& profile);
/// Its menu path, and those of the logs it needs beside it.
std::string how_to_get(const Profile& profile);
/// The embedded profile of this name, without parsing the others; nullptr: none.
const Profile* builtin_profile(std::string_view name);

struct Recognition {
  const Profile* profile = nullptr;  ///< nullptr: none fits
  std::string why;                   ///< "has Object Id, Licenses, Block credential"
  std::vector<std::string> near;     ///< names of profiles that almost fit, with what is missing
};
/// The best of `profiles` whose required columns are all in `header`; ties by more mapped columns, then name.
Recognition recognize(const std::vector<Profile>& profiles, const std::vector<std::string>& header,
                      std::string_view file_name);

/// How a header was bound.
struct Binding {
  std::vector<std::string> mapped;   ///< "Object Id -> id"
  std::vector<std::size_t> ignored;  ///< indexes of columns nobody asked for
};

struct DecodeOptions {
  std::string policy_zone = "UTC";         ///< calendar days are taken here
  std::optional<std::string> source_zone;  ///< --timezone: for stamps without an offset
  std::vector<std::vector<std::string>> alias_domains;
  std::optional<Day> snapshot_date;  ///< for relative dates ("1 day ago")
};

struct Skipped {
  std::string reason;
  std::optional<Day> day;  ///< activity: the day still counts as covered
};
using Decoded = std::variant<UserRow, ActivityRow, EntitlementRow, PersonRow, LookupRow, Skipped, Reject>;

/// Which cells of a log's record decide what, where no cell decides more.
struct ActivityColumns {
  std::size_t time = 0;
  std::vector<std::size_t> actor, action;  ///< sorted
  /// A lower-case plain ASCII cell (the only one of `actor`) is the login as it stands, and the e-mail where it has @.
  bool login_as_written = false;
};

/// What the cells of `ActivityColumns::action` say.
struct ActionMeaning {
  std::string skipped;   ///< why such rows are passed over; empty: they are not
  bool covers = false;   ///< skipped, but their day counts as covered
  ActivityRow row;       ///< all but day, actor and dedupe_key
  bool strange = false;  ///< a word no vocabulary knows: such rows must go through `decode`, which counts them
  std::string tenant;
};

namespace profile {
class DayReader;
}

/// Decodes the records of one file. Feed every record to `survey` first where `needs_survey` says so
/// (the order of day and month is settled from the whole column), then to `decode`.
class Decoder {
 public:
  /// Throws Error when a required column is missing.
  Decoder(const Profile& profile, std::vector<std::string> header, std::string_view file_name, DecodeOptions options);
  ~Decoder();
  Decoder(Decoder&&) noexcept;

  const std::vector<std::string>& header() const;
  Binding binding() const;
  bool needs_survey() const;
  void survey(const csv::Record& record);
  /// After the survey: throws Error when an ambiguous date order matters and can't be settled.
  void settle();
  /// One sentence: "day before month in \"Date (UTC)\" (31/07/2026 on line 6 decides)"; empty when nothing was guessed.
  std::vector<std::string> choices() const;

  Decoded decode(const csv::Record& record);
  /// The same over what `into` held, for its memory.
  void decode(const csv::Record& record, Decoded& into);
  /// Whether blank cells of some column repeat the row above.
  bool fills_down() const;
  /// What the last decoded record has from rows above it, as a hash; 0: nothing.
  std::uint64_t carried() const;

  /// Set where `decode` of a record with as many fields as the header has, and a time that `day_reader` can read, is
  /// what `action_of` says or, if that is no skip, the day with `actor_of` and `action_of`. After `settle`.
  std::optional<ActivityColumns> activity_columns() const;
  profile::DayReader day_reader() const;
  /// Throws Error where the identity is concealed.
  Identity actor_of(const csv::Record& record);
  ActionMeaning action_of(const csv::Record& record);
  /// Rows of a tenant that did not go through `decode`.
  void saw_tenant(const std::string& tenant, std::uint64_t rows);
  /// A day reader met times without a zone.
  void guessed_zone();

  /// From the file's own columns or name, known after the last record; unset when the file does not tell.
  std::optional<Day> snapshot_date() const;
  /// The tenant the file names, e.g. an organization id; empty when it names none.
  /// Throws Error when rows name more than one.
  std::string tenant() const;
  /// A period stated by the profile, the file or its name.
  std::optional<DayRange> stated_period() const;
  /// Values no vocabulary knows, each with its column, count and first line: "Status: \"Aktiv\" 12 times, first on line
  /// 3".
  std::vector<std::string> unknown_values() const;
  bool has_last_activity() const;
  bool blank_means_never() const;
  /// Profile::gives_actions, and this file has the column of the object.
  bool gives_actions() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace seatlint
