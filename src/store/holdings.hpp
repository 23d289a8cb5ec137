// SPDX-License-Identifier: Apache-2.0
// What the records of a snapshot hold, each combination once, and a few records that hold it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

struct HeldNames {
  std::string direct, by_group;      ///< JSON arrays of names as written, or empty
  std::vector<std::uint64_t> lines;  ///< of the first accounts that are not said to be disabled or deleted
};
/// In order of appearance. `without`: lines of the file that are left out; `most`: lines for each combination.
std::vector<HeldNames> holdings_of(const Database& db, std::int64_t file, const std::vector<std::uint64_t>& without,
                                   std::size_t most);

}  // namespace seatlint
