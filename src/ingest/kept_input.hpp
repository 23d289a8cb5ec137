// SPDX-License-Identifier: Apache-2.0
// Standard input can be read only once, an export is read several times: what was read is kept as long as needed.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "seatlint/csv.hpp"

namespace seatlint {

class KeptInput {
 public:
  /// `in` must outlive it.
  explicit KeptInput(std::istream& in) : in_(in) {}

  /// All of the input from its beginning. With `again` it can be opened once more, and throws Error where that would
  /// take too much memory; without, this is the last time. One source at a time; it must not outlive this object.
  std::unique_ptr<csv::ByteSource> open(bool again);

 private:
  class Source;
  std::istream& in_;
  std::string kept_;
};

}  // namespace seatlint
