// SPDX-License-Identifier: Apache-2.0
// What the values of an unknown file's columns look like.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/draft_fields.hpp"

namespace seatlint {

/// How several items stand in one cell; neither: they do not.
struct DraftSplit {
  char separator = '\0';
  bool json = false;
};

/// The header and the first rows.
class DraftTable {
 public:
  /// The first is the header.
  void add(std::vector<std::string> fields);
  const std::vector<std::string>& header() const { return header_; }
  std::size_t rows() const { return rows_; }

  /// Different values, trimmed; "" among them where a cell is blank.
  const std::set<std::string>& values(std::size_t column) const { return values_[column]; }
  std::size_t distinct(std::size_t column) const { return values_[column].size(); }
  bool fits(std::size_t column, DraftValues wanted) const;
  /// A column of e-mail addresses, the first.
  std::optional<std::size_t> address_column() const;
  bool has_times(std::size_t column) const;
  /// Five-digit numbers where dates should be: days of a spreadsheet.
  bool has_serials(std::size_t column) const;
  bool is_yes_no(std::size_t column) const;
  /// The words for yes met in columns of yes and no.
  std::vector<std::string> yes_words() const;
  /// The values of a date column that are no dates.
  std::vector<std::string> no_dates(std::size_t column) const;
  DraftSplit split(std::size_t column) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::set<std::string>> values_;
  std::size_t rows_ = 0;
};

bool is_no(std::string_view value);
bool says_off(std::string_view folded);  ///< "blocked", "inaktiv"; as a header it turns yes and no around
bool says_gone(std::string_view value);
bool says_success(std::string_view value);

}  // namespace seatlint
