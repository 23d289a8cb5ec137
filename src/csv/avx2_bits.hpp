// SPDX-License-Identifier: Apache-2.0
// What vectors of 32 bytes need; empty for processors that never have them.
#pragma once

#if defined(__x86_64__) || defined(__i386__)
#define SEATLINT_X86 1
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace seatlint::csv {

/// Bytes from what is at hand to what should be on its way from farther caches: a block of text does not fit the
/// nearest.
constexpr std::size_t fetched_ahead = 1024;

/// The first bit of each byte: those of `low`, then those of `high`.
__attribute__((target("avx2"))) inline std::uint64_t bits_avx2(__m256i low, __m256i high) {
  return static_cast<std::uint64_t>(static_cast<unsigned>(_mm256_movemask_epi8(low))) |
         static_cast<std::uint64_t>(static_cast<unsigned>(_mm256_movemask_epi8(high))) << 32u;
}

/// Whether this processor has them, and the instructions on bits that are as old.
inline bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                          __builtin_cpu_supports("popcnt") != 0;
  return has;
}

}  // namespace seatlint::csv

#endif
