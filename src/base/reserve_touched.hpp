// SPDX-License-Identifier: Apache-2.0
// Room in a vector that the system has handed out already. It does so page by page when each is first written to, which
// for a million large values takes longer than making them; here all processors ask at once.
#pragma once

#include <cstddef>
#include <vector>

#include "base/in_parallel.hpp"
#include "base/large_pages.hpp"

namespace seatlint {

template <typename Value>
void reserve_touched(std::vector<Value>& list, std::size_t count) {
  constexpr std::size_t page = 4096, pages_a_piece = LargePages::page / page;
  list.reserve(count);
  auto* const room = reinterpret_cast<volatile std::byte*>(list.data() + list.size());
  const std::size_t bytes = (list.capacity() - list.size()) * sizeof(Value);
  wish_large_pages(list.data() + list.size(), bytes);
  if (part_count(bytes / page, pages_a_piece) == 1) return;
  // Some pages were in use a moment ago, others come from far: two halves would not take equally long.
  in_pieces(bytes / page, pages_a_piece, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) room[i * page] = std::byte{0};
  });
}

}  // namespace seatlint
