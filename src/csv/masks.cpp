// SPDX-License-Identifier: Apache-2.0
// See masks.hpp. SSE2 is part of every x86-64; AVX2 is taken where the machine has it; elsewhere a plain loop runs.
#include "csv/masks.hpp"

#include "csv/avx2_bits.hpp"

namespace seatlint::csv {
namespace {

/// The bytes looked for. What a dialect lacks is replaced by NUL, which is looked for anyway.
struct Bytes {
  char quote, delimiter, escape;
  explicit Bytes(const Dialect& dialect) : quote(dialect.quote), delimiter(dialect.delimiter), escape(dialect.escape) {}
};

#ifdef SEATLINT_X86

/// `all`: carriage returns and what is odd, too.
template <bool all>
__attribute__((target("sse2"))) void find_sse2(const char* text, std::size_t words, const Bytes& bytes, Masks* out) {
  const __m128i quote = _mm_set1_epi8(bytes.quote), delimiter = _mm_set1_epi8(bytes.delimiter);
  const __m128i newline = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r');
  const __m128i nul = _mm_setzero_si128(), escape = _mm_set1_epi8(bytes.escape);
  for (std::size_t word = 0; word < words; ++word, text += word_bytes) {
    Masks masks;
    for (unsigned part = 0; part < 4; ++part) {
      __m128i block;
      __builtin_memcpy(&block, text + part * 16, sizeof block);
      const auto bits = [&](__m128i hits) {
        return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hits))) << (part * 16);
      };
      masks.quote |= bits(_mm_cmpeq_epi8(block, quote));
      masks.delimiter |= bits(_mm_cmpeq_epi8(block, delimiter));
      masks.newline |= bits(_mm_cmpeq_epi8(block, newline));
      if constexpr (!all) continue;
      masks.carriage |= bits(_mm_cmpeq_epi8(block, carriage));
      masks.odd |= bits(_mm_or_si128(_mm_cmpeq_epi8(block, nul), _mm_cmpeq_epi8(block, escape)));
    }
    out[word] = masks;
  }
}

template <bool all>
__attribute__((target("avx2"))) void find_avx2(const char* text, std::size_t words, const Bytes& bytes, Masks* out) {
  const __m256i quote = _mm256_set1_epi8(bytes.quote), delimiter = _mm256_set1_epi8(bytes.delimiter);
  const __m256i newline = _mm256_set1_epi8('\n'), carriage = _mm256_set1_epi8('\r');
  const __m256i nul = _mm256_setzero_si256(), escape = _mm256_set1_epi8(bytes.escape);
  for (std::size_t word = 0; word < words; ++word, text += word_bytes) {
    __m256i low, high;
    __builtin_memcpy(&low, text, sizeof low);
    __builtin_memcpy(&high, text + sizeof low, sizeof high);
    out[word].quote = bits_avx2(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
    out[word].delimiter = bits_avx2(_mm256_cmpeq_epi8(low, delimiter), _mm256_cmpeq_epi8(high, delimiter));
    out[word].newline = bits_avx2(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
    if constexpr (!all) continue;
    out[word].carriage = bits_avx2(_mm256_cmpeq_epi8(low, carriage), _mm256_cmpeq_epi8(high, carriage));
    out[word].odd = bits_avx2(_mm256_or_si256(_mm256_cmpeq_epi8(low, nul), _mm256_cmpeq_epi8(low, escape)),
                              _mm256_or_si256(_mm256_cmpeq_epi8(high, nul), _mm256_cmpeq_epi8(high, escape)));
  }
}

using Find = void (*)(const char*, std::size_t, const Bytes&, Masks*);
template <bool all>
Find widest() {
  return has_avx2() ? find_avx2<all> : find_sse2<all>;
}

#endif

}  // namespace

void find_masks_plainly(const char* text, std::size_t words, const Dialect& dialect, Masks* out) {
  const Bytes bytes(dialect);
  for (std::size_t word = 0; word < words; ++word, text += word_bytes) {
    Masks masks;
    for (unsigned i = 0; i < word_bytes; ++i) {
      const char c = text[i];
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (c == bytes.quote) masks.quote |= bit;
      if (c == bytes.delimiter) masks.delimiter |= bit;
      if (c == '\n') masks.newline |= bit;
      if (c == '\r') masks.carriage |= bit;
      if (c == '\0' || c == bytes.escape) masks.odd |= bit;
    }
    out[word] = masks;
  }
}

void find_masks(const char* text, std::size_t words, const Dialect& dialect, Masks* out) {
#ifdef SEATLINT_X86
  static const Find find = widest<true>();
  find(text, words, Bytes(dialect), out);
#else
  find_masks_plainly(text, words, dialect, out);
#endif
}

void find_borders(const char* text, std::size_t words, const Dialect& dialect, Masks* out) {
#ifdef SEATLINT_X86
  static const Find find = widest<false>();
  find(text, words, Bytes(dialect), out);
#else
  find_masks_plainly(text, words, dialect, out);
#endif
}

}  // namespace seatlint::csv
