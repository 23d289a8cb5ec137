// SPDX-License-Identifier: Apache-2.0
// The reader's grammar once more, as a plain state machine over a whole text: what the streaming reader is compared
// with. Slow, short and without blocks, windows or vectors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

struct ReferenceRecord {
  std::vector<std::string> fields;
  std::uint64_t line = 0;
  std::uint32_t blank_before = 0;
  bool unterminated = false;
  bool operator==(const ReferenceRecord&) const = default;
};

/// All records of decoded `text` as `layout` says it is written; a quote that never closes ends the last one.
std::vector<ReferenceRecord> read_plainly(std::string_view text, const Layout& layout);

}  // namespace seatlint::csv
