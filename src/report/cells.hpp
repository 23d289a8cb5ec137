// SPDX-License-Identifier: Apache-2.0
// A finding as one row of named text cells: the columns that the spreadsheet formats share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

/// One column; `text` ones hold data from files, the others are figures and dates written by the program itself.
struct FindingColumn {
  std::string_view name;
  bool text;
  std::string (*cell)(const Report&, const Finding&);
};

/// Stable: new columns are added at the end.
const std::vector<FindingColumn>& finding_columns();

/// `users.csv:17 says`; a file cited as a whole has no line.
std::string cite(const EvidenceLine& evidence);

}  // namespace seatlint
