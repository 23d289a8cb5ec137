// SPDX-License-Identifier: Apache-2.0
// What ingest must ask the store before it takes a row: whether its person was erased.
#pragma once

#include <string_view>

#include "seatlint/facts.hpp"

namespace seatlint {

/// Whom the store must not take back. Asking is slow: ask once an identity.
class Forgotten {
 public:
  virtual ~Forgotten() = default;
  virtual bool person(std::string_view vendor, const Identity& identity) const = 0;
  /// Does a text of another's record, such as its manager, stand for somebody erased?
  virtual bool mention(std::string_view vendor, std::string_view text) const = 0;
};

}  // namespace seatlint
