// SPDX-License-Identifier: Apache-2.0
// Profile fields bound to the columns of one header, and the text they give for one record.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "profile/json_cell.hpp"
#include "profile/rules.hpp"
#include "profile/values.hpp"

namespace seatlint::profile {

/// A header name as it compares: normalized, without a byte order mark (also a mis-decoded one), quotes or a colon.
std::string header_name(std::string_view text);

class Header {
 public:
  explicit Header(std::vector<std::string> names);
  std::optional<std::size_t> find(std::string_view name, unsigned nth = 1) const;
  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  /// As written.
  const std::string& name(std::size_t index) const { return names_[index]; }
  /// Whether a column's name compares as `text` does.
  bool is_called(std::size_t index, std::string_view text) const;

 private:
  std::vector<std::string> names_, compared_;  ///< as written, and as they compare
};

struct BoundSource {
  enum class Kind { cell, json, constant, join };
  Kind kind = Kind::cell;
  std::size_t index = 0;            ///< column
  std::vector<std::size_t> joined;  ///< join: columns; json: which JSON column, which of its wishes
  std::string with, constant, pattern;
  std::optional<KeyForm> as;
  DayOrder order = DayOrder::unsettled;
  bool bound = false;
  bool plain = false;  ///< a cell as it stands
};

struct BoundWide {
  std::size_t index = 0;
  std::string means;
};

struct BoundField {
  std::string name;  ///< the field
  std::vector<BoundSource> sources;
  std::vector<BoundWide> wide;
  std::vector<std::string> yes;
  bool all = false;
  bool bound() const { return !sources.empty() || !wide.empty(); }
};

/// What a field gave for one record: the text and where it came from.
struct Cell {
  std::string_view text;
  std::uint32_t column = 0;  ///< from 1; 0: no column
  const BoundSource* source = nullptr;
};

/// All bindings of one file, and the current record. Texts live until the next `load`.
class Columns {
 public:
  Columns(const Header& header, const Profile::Rules& rules, std::string_view file_name);

  BoundField bind(const std::string& name, const Field& field);
  /// Columns somebody asked for, by index, with the field that asked first.
  const std::map<std::size_t, std::string>& users_of_columns() const { return used_; }

  void load(const csv::Record& record);
  /// A cleaned cell; what the profile calls null is empty.
  std::string_view cell(std::size_t index) const {
    std::string_view text = index < record_->fields.size() ? clean_cell(record_->fields[index]) : std::string_view();
    if (text.empty() && !fill_down_.empty()) text = filled(index);
    return text.size() <= longest_null && (null_sizes_ >> text.size() & 1u) != 0 && is_null(text) ? std::string_view()
                                                                                                  : text;
  }
  /// The first source that is not blank. `scratch` holds joined text.
  Cell first(const BoundField& field, std::string& scratch) {
    if (field.sources.size() == 1) return text_of(field.sources.front(), scratch);
    Cell out;
    for (const auto& source : field.sources) {
      const Cell cell = text_of(source, scratch);
      if (!cell.text.empty()) return cell;
      if (out.source == nullptr) out = cell;
    }
    return out;
  }
  Cell text_of(const BoundSource& source, std::string& scratch) {
    if (source.plain) return {cell(source.index), static_cast<std::uint32_t>(source.index) + 1, &source};
    return made_text(source, scratch);
  }
  bool fills_down() const { return !fill_down_.empty(); }
  /// What blank cells of the record repeat from above, as a hash; 0: nothing.
  std::uint64_t carried() const;
  /// The column (from 1) of a JSON cell that did not parse in this record; 0: none.
  std::uint32_t broken_json() const { return broken_json_; }

 private:
  struct JsonColumn {
    std::size_t index = 0;
    std::vector<JsonWish> wishes;
    bool loaded = false;
  };
  std::optional<BoundSource> bind_source(const std::string& name, const Source& source);
  bool is_null(std::string_view text) const;
  /// What a blank cell of a column that is filled down says.
  std::string_view filled(std::size_t index) const;
  Cell made_text(const BoundSource& source, std::string& scratch);

  const Header& header_;
  std::string file_name_;
  std::vector<std::string> nulls_;
  static constexpr std::size_t longest_null = 40;
  std::uint64_t null_sizes_ = 0;  ///< bit n: some null is n bytes long
  std::map<std::size_t, std::string> used_;
  std::vector<JsonColumn> json_;
  std::vector<std::size_t> fill_down_;
  std::vector<std::string> filled_;  ///< last value, per entry of fill_down_
  const csv::Record* record_ = nullptr;
  std::uint32_t broken_json_ = 0;
};

/// A row test bound to columns.
struct BoundTest {
  BoundField field;
  Test test;
};
struct BoundPredicate {
  bool all = true;
  std::vector<BoundTest> tests;
};
BoundPredicate bind(Columns& columns, const Predicate& predicate, const std::string& user);
bool holds(Columns& columns, const BoundPredicate& predicate);
/// False when a column it reads is not in the file: such a rule says nothing.
bool applies(const BoundPredicate& predicate);

}  // namespace seatlint::profile
