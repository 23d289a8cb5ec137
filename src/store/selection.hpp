// SPDX-License-Identifier: Apache-2.0
// Some of the store's records, for whoever asks about one person and not about everybody.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "store/stored_activity.hpp"

namespace seatlint {

/// Reads that are given a selection visit what is in it and nothing else, in the same order as ever.
struct Selection {
  std::map<std::int64_t, std::vector<std::uint64_t>> lines;  ///< of users and HR files, ascending, by file
  std::vector<BlockKey> blocks;                              ///< ascending
};

}  // namespace seatlint
