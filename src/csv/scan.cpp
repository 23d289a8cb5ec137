// SPDX-License-Identifier: Apache-2.0
// See scan.hpp. SSE2 is part of every x86-64, so no run-time choice is needed there; elsewhere the plain loop runs.
#include "csv/scan.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace seatlint::csv {
namespace {

// A missing quote or escape is replaced by the delimiter, so that the loops need not ask.
Specials without_gaps(Specials specials) {
  if (specials.quote == '\0') specials.quote = specials.delimiter;
  if (specials.escape == '\0') specials.escape = specials.quote;
  return specials;
}

bool is_special(char c, const Specials& s) {
  return c == s.delimiter || c == s.quote || c == '\n' || c == '\r' || c == s.escape;
}

}  // namespace

void find_specials_plainly(const char* data, std::size_t from, std::size_t to, const Specials& specials,
                           std::vector<std::uint32_t>& out) {
  const Specials s = without_gaps(specials);
  for (std::size_t i = from; i < to; ++i)
    if (is_special(data[i], s)) out.push_back(static_cast<std::uint32_t>(i));
}

#ifdef __SSE2__
void find_specials(const char* data, std::size_t from, std::size_t to, const Specials& specials,
                   std::vector<std::uint32_t>& out) {
  const Specials s = without_gaps(specials);
  const __m128i delimiter = _mm_set1_epi8(s.delimiter), quote = _mm_set1_epi8(s.quote);
  const __m128i escape = _mm_set1_epi8(s.escape), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
  const auto mask_of = [&](const char* at) {
    __m128i block;
    __builtin_memcpy(&block, at, sizeof block);
    const __m128i hit =
        _mm_or_si128(_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, delimiter), _mm_cmpeq_epi8(block, quote)),
                                  _mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr))),
                     _mm_cmpeq_epi8(block, escape));
    return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit)));
  };
  // Sized once for the worst case and cut at the end: no capacity check for each byte found.
  const std::size_t before = out.size();
  out.resize(before + (to - from));
  std::uint32_t* next = out.data() + before;
  std::size_t i = from;
  for (; i + 64 <= to; i += 64) {
    std::uint64_t mask = mask_of(data + i) | (mask_of(data + i + 16) << 16) | (mask_of(data + i + 32) << 32) |
                         (mask_of(data + i + 48) << 48);
    while (mask != 0) {
      *next++ = static_cast<std::uint32_t>(i + static_cast<std::size_t>(__builtin_ctzll(mask)));
      mask &= mask - 1;
    }
  }
  for (; i < to; ++i)
    if (is_special(data[i], s)) *next++ = static_cast<std::uint32_t>(i);
  out.resize(static_cast<std::size_t>(next - out.data()));
}
#else
void find_specials(const char* data, std::size_t from, std::size_t to, const Specials& specials,
                   std::vector<std::uint32_t>& out) {
  find_specials_plainly(data, from, to, specials, out);
}
#endif

}  // namespace seatlint::csv
