// SPDX-License-Identifier: Apache-2.0
// See day_rows.hpp.
#include "ingest/day_rows.hpp"

namespace seatlint {

void DayRows::start_chunk(Part& part) {
  if (used_ == LargePages::page) {
    memory_.emplace_back(LargePages::page);
    used_ = 0;
  }
  std::byte* chunk = memory_.back().data() + used_;
  used_ += chunk_bytes;
  const Chunk head;
  std::memcpy(chunk, &head, sizeof head);
  if (part.first == nullptr) {
    part.first = chunk;
  } else {
    const Chunk before{chunk, part.at};
    std::byte* last = part.at - reinterpret_cast<std::uintptr_t>(part.at) % chunk_bytes;
    std::memcpy(last, &before, sizeof before);
  }
  part.at = chunk + sizeof head;
}

}  // namespace seatlint
