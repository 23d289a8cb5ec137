// SPDX-License-Identifier: Apache-2.0
// Which of day and month comes first: settled from a whole column, never from one cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profile/dates.hpp"

namespace seatlint::profile {

/// What one column has shown.
class OrderEvidence {
 public:
  explicit OrderEvidence(std::string column) : column_(std::move(column)) {}

  void see(std::string_view text, std::uint64_t line);
  const std::string& column() const { return column_; }
  /// A value that fits only one order was seen.
  bool decided() const { return day_first_.line != 0 || month_first_.line != 0; }
  /// The order its own values prove. Throws Error where they prove both.
  std::optional<DayOrder> proven() const;
  bool open() const { return open_.line != 0; }  ///< some value reads both ways, with different results
  bool dotted() const { return dotted_; }        ///< all open values are written 31.12.2026
  /// "day before month in \"Date\" (31/07/2026 on line 6 decides)".
  /// `usual`: taken because the export is usually written so.
  std::string sentence(DayOrder order, bool usual) const;
  [[noreturn]] void refuse() const;

 private:
  struct Example {
    std::string text;
    std::uint64_t line = 0;
  };
  std::string column_;
  Example day_first_, month_first_, open_;
  bool dotted_ = true;
};

}  // namespace seatlint::profile
