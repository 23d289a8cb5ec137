// SPDX-License-Identifier: Apache-2.0
// Memory on its way to the caches before it is looked at.
#pragma once

#include <cstddef>

namespace seatlint {

inline void fetch(const void* first, std::size_t bytes) {
  constexpr std::size_t line = 64;
  for (std::size_t at = 0; at < bytes; at += line) __builtin_prefetch(static_cast<const char*>(first) + at);
}

}  // namespace seatlint
