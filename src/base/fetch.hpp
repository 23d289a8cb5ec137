// SPDX-License-Identifier: Apache-2.0
// Memory on its way to the caches before it is looked at.
#pragma once

#include <cstddef>

namespace seatlint {

/// The cache line of this place. To a compiler a function that does nothing but this does nothing, and it leaves out
/// the calls: hence the empty instruction.
inline void fetch_line(const void* place) {
  __builtin_prefetch(place);
#ifdef __GNUC__
  asm volatile("" : : "r"(place));
#endif
}

inline void fetch(const void* first, std::size_t bytes) {
  constexpr std::size_t line = 64;
  for (std::size_t at = 0; at < bytes; at += line) fetch_line(static_cast<const char*>(first) + at);
}

}  // namespace seatlint
