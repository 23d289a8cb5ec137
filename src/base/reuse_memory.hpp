// SPDX-License-Identifier: Apache-2.0
// When a process takes memory and when it gives it back: for one that makes a list of another and ends.
#pragma once

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/in_parallel.hpp"
#include "base/large_pages.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

namespace seatlint {

/// Each further heap is of small pages, and what is freed in one is no good for another.
inline constexpr unsigned threads_a_heap = 4;

/// Asks the system for what nearly every command needs, all at once: page by page, as each is first written to, takes
/// several times as long. It starts at a large page, and nothing writes to what lies before. Memory is kept as glibc
/// comes to keep it by itself.
inline void take_usual_memory() {
#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)
  constexpr std::size_t page = LargePages::page, head = 2 * sizeof(std::size_t), more_than_there_is = page / 8;
  constexpr int usual = 2 * page, largest_in_heap = 32 << 20;
  mallopt(M_MMAP_THRESHOLD, largest_in_heap);
  mallopt(M_TRIM_THRESHOLD, 2 * largest_in_heap);
  mallopt(M_TOP_PAD, usual + page);
  void* const room = std::malloc(more_than_there_is);
  if (room == nullptr) return;
  const auto place = reinterpret_cast<std::uintptr_t>(room);
  const std::size_t before = page - place % page;
  std::free(room);
  static auto* const unused = static_cast<std::byte*>(std::malloc(before - head));
  if (reinterpret_cast<std::uintptr_t>(unused) != place) return;
  std::byte* const first = unused + before;
  wish_large_pages(first, usual);
  static_cast<void>(::madvise(first, page, MADV_POPULATE_WRITE));
#endif
}

/// From now on memory that is freed stays with the process: the system would clear each page again before it hands it
/// out anew, which takes longer than writing to it. The next `expected` bytes are laid out in large pages; they are not
/// taken before they are written to.
inline void reuse_freed_memory(std::size_t expected) {
  keep_freed_large_pages();
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_ARENA_MAX, 1 + static_cast<int>(processors() / threads_a_heap));
  void* const room = std::malloc(expected);
  if (room != nullptr) wish_large_pages(room, expected);
  std::free(room);
#endif
}

}  // namespace seatlint
