// SPDX-License-Identifier: Apache-2.0
// Is the chain unbroken, does the stored content fit it, and does it hold the heads that were noted elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

/// What is right when nothing is wrong, and what is wrong.
struct ChainCheck {
  std::string right;
  std::vector<std::string> wrong;
};

/// What was written down outside the store: an entry's number and head or, with seq 0, the digest of an imported file.
struct Anchor {
  std::int64_t seq = 0;
  std::string digest;
  std::string where;  ///< "FILE:LINE"
};

std::vector<ChainCheck> check_chain(const Database& db, const std::vector<Anchor>& anchors);

}  // namespace seatlint
