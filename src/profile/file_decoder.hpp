// SPDX-License-Identifier: Apache-2.0
// The decoder of one file: a profile bound to a header. What Decoder promises, done.
#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "profile/columns.hpp"
#include "profile/day_order.hpp"
#include "profile/day_reader.hpp"
#include "profile/field_name.hpp"
#include "profile/zone.hpp"

namespace seatlint::profile {

class FileDecoder {
 public:
  FileDecoder(const Profile& profile, std::vector<std::string> header, std::string_view file_name,
              DecodeOptions options);

  const Header& header() const { return header_; }
  Binding binding() const;
  bool needs_survey() const;
  void survey(const csv::Record& record);
  void settle();
  std::vector<std::string> choices() const;
  void decode(const csv::Record& record, Decoded& into);
  bool fills_down() const { return columns_.fills_down(); }
  std::uint64_t carried() const { return columns_.carried(); }
  std::optional<ActivityColumns> activity_columns() const;
  DayReader day_reader() const;
  Identity actor_of(const csv::Record& record);
  ActionMeaning action_of(const csv::Record& record);
  void saw_tenant(const std::string& tenant, std::uint64_t rows);
  void guessed_zone() { zone_guessed_ = true; }
  std::optional<Day> snapshot_date() const;
  std::string tenant() const;
  std::optional<DayRange> stated_period() const { return period_; }
  std::vector<std::string> unknown_values() const;
  bool has_last_activity() const;
  bool blank_means_never();
  bool gives_actions() const;

 private:
  /// A bound field, the words its values are read with, and how keys and lists are.
  struct Slot {
    BoundField field;
    Lexicon words;
    std::optional<KeyForm> form;   ///< of keys, where their source has none of its own
    const Split* split = nullptr;  ///< of lists
  };
  struct BoundSkip {
    BoundPredicate when;
    const SkipRule* rule;
  };
  struct BoundSet {
    BoundPredicate when;
    const SetRule* rule;
  };
  enum class DateState { blank, none, on, bad };
  struct DateValue {
    DateState state = DateState::blank;
    Day day;
    Cell cell;
  };

  void bind_fields();
  void bind_rows();
  void read_file_name(std::string_view file_name);
  std::vector<BoundSet> bind_sets(const std::vector<SetRule>& rules);
  const std::string* set_by(const std::vector<BoundSet>& sets);

  Slot& slot(FieldName name) { return slots_[name.number()]; }
  const Slot& slot(FieldName name) const { return slots_[name.number()]; }
  bool has(FieldName name) const { return slot(name).field.bound(); }
  std::string text(FieldName name);
  /// The same over what `into` held, for its memory; so are those below.
  void text(FieldName name, std::string& into);
  const std::string& label(const Cell& cell, const Slot& slot) const;
  /// The word of the slot's value; nullptr and a note where no word fits (blanks are not noted).
  const std::string* word(Slot& slot, Cell& cell);
  void note(const Slot& slot, const Cell& cell);
  DateValue date(Slot& slot);
  std::optional<Day> day_or_note(FieldName name);
  Day to_day(const Stamp& stamp);
  Reject bad_date(const Slot& slot, const DateValue& value) const;

  bool is_footer(const csv::Record& record, bool surveying);
  bool is_header(const csv::Record& record) const;
  void read_footer(std::string_view text, std::uint64_t line, bool surveying);
  std::optional<Decoded> out_of_table(const csv::Record& record);
  std::optional<Decoded> filtered();
  void gather();

  void key(FieldName name, std::string& into);
  void to_first_domain(std::string& address) const;
  void identity(Identity& into);
  /// Further spellings: of the login and the address as written, and those the file gives.
  void aliases(Identity& of);
  bool conceals(const Identity& who);
  void list(FieldName name, std::vector<std::string>& into);
  /// False where the cell says nothing.
  bool add_items(Slot& from, const Cell& cell, bool repeated, std::vector<std::string>& into);
  LastActivity last_activity();

  /// A reason to skip it, or the row.
  std::optional<Skipped> decode_user(UserRow& row);
  void shown_login(UserRow& row);
  Decoded decode_activity();
  /// What was done, by what, where and with which outcome.
  void decode_action(ActivityRow& row);
  bool user_is_login() const;
  Decoded decode_entitlement();
  Decoded decode_person();
  Decoded decode_lookup();
  std::optional<Money> unit_price(std::optional<std::int64_t> quantity);
  std::optional<std::int64_t> count(FieldName name);
  std::optional<int> part_of_full_time();

  Profile profile_;
  const Profile::Rules& rules_;
  DecodeOptions options_;
  Header header_;
  Columns columns_;
  std::array<Slot, field_names.size()> slots_;
  std::vector<BoundSkip> skips_;
  std::vector<BoundSet> classes_, states_, clients_, sign_ins_;
  std::vector<BoundSource> dedupe_;
  BoundField tenant_;
  std::vector<BoundField> snapshot_columns_;  ///< parallel to the rules' snapshot_date; unbound where not a column
  std::vector<std::optional<Day>> snapshot_days_;
  std::optional<Day> name_day_;  ///< the one ISO date in the file's name, where nothing else says
  std::optional<DayRange> period_;
  std::unordered_map<std::string, std::string> domains_;
  std::map<std::string, std::uint64_t> tenants_;

  Zone policy_zone_, source_zone_;
  bool zone_stated_ = false, zone_guessed_ = false;
  std::map<std::size_t, OrderEvidence> evidence_;  ///< by column, while the order is open
  OrderEvidence footer_evidence_{"the footer"};
  std::vector<std::string> choices_;
  DayOrder footer_order_ = DayOrder::unsettled;

  UnknownTally unknown_;
  std::uint64_t concealed_ = 0, concealed_line_ = 0;  ///< rows whose names are hidden, and the first of them
  bool noting_ = true, noted_ = false;                ///< while not noting, only whether there was something to note
  const csv::Record* record_ = nullptr;
  bool in_footer_ = false;
  std::string scratch_, scratch_key_, written_;
};

}  // namespace seatlint::profile
