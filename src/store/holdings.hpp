// SPDX-License-Identifier: Apache-2.0
// What the records of a snapshot hold, each combination once, and a few records that hold it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

/// JSON arrays of names as written; unset where the export does not speak about products.
struct HeldNames {
  std::optional<std::string> direct, by_group;
};
/// `without`: lines of the file that are left out.
std::vector<HeldNames> holdings_of(const Database& db, std::int64_t file, const std::vector<std::uint64_t>& without);
/// At most `most` lines of accounts that are not said to be disabled or deleted.
std::vector<std::uint64_t> lines_holding(const Database& db, std::int64_t file, const HeldNames& names,
                                         const std::vector<std::uint64_t>& without, int most);

}  // namespace seatlint
