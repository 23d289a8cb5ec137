// SPDX-License-Identifier: Apache-2.0
// Headers of several lines, as spreadsheets have them: heads of groups of columns above the names, units below.
#pragma once

#include <string>
#include <vector>

#include "csv/table_top.hpp"

namespace seatlint::csv {

/// How many records from `first` on make up the header: more than one only where the first leaves columns without a
/// name, the next give them names, and numbers stand below. Empty rows between them count.
std::size_t header_records(const Top& top, std::size_t first);

/// One name a column: the cells above each other joined by blanks. The head of a group (`Usage,,`) goes for the columns
/// to its right that have no head of their own, but a name below.
std::vector<std::string> joined_header(const std::vector<std::vector<std::string>>& lines);

}  // namespace seatlint::csv
