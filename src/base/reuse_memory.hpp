// SPDX-License-Identifier: Apache-2.0
// For commands that make one large list of another and end: what the first one took is good for the next.
#pragma once

#include <climits>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace seatlint {

/// From now on memory that is freed stays with the process, and is asked for in large parts. The system would clear each
/// page again before it hands it out anew, which takes longer than writing to it.
inline void reuse_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, 4 << 20);
#endif
}

}  // namespace seatlint
