// SPDX-License-Identifier: Apache-2.0
// For commands that make one large list of another and end: what the first one took is good for the next.
#pragma once

#include <climits>
#include <cstddef>
#include <cstdlib>
#include <thread>

#include "base/large_pages.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace seatlint {

/// Each further heap is of small pages, and what is freed in one is no good for another.
inline constexpr unsigned threads_a_heap = 4;

/// From now on memory that is freed stays with the process: the system would clear each page again before it hands it
/// out anew, which takes longer than writing to it. The next `expected` bytes are laid out in large pages; they are not
/// taken before they are written to.
inline void reuse_freed_memory(std::size_t expected) {
  keep_freed_large_pages();
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_ARENA_MAX, 1 + static_cast<int>(std::thread::hardware_concurrency() / threads_a_heap));
  void* const room = std::malloc(expected);
  if (room != nullptr) wish_large_pages(room, expected);
  std::free(room);
#endif
}

}  // namespace seatlint
