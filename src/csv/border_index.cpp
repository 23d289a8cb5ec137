// SPDX-License-Identifier: Apache-2.0
// See border_index.hpp. Nearly all is without a branch: how many borders a word holds can't be foretold.
#include "csv/border_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "csv/avx2_bits.hpp"
#include "csv/masks.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t usual_borders = 6;  // or fewer, in a word

/// Adds word by word.
class Adder {
 public:
  explicit Adder(BorderIndex& index)
      : index_(index),
        borders_(index.border_count),
        records_(index.record_count),
        lines_(index.line_count),
        quoted_(index.quoted) {}
  ~Adder() {
    index_.border_count = borders_;
    index_.record_count = records_;
    index_.line_count = lines_;
    index_.quoted = quoted_;
  }
  Adder(const Adder&) = delete;
  Adder& operator=(const Adder&) = delete;

  __attribute__((always_inline)) void add(std::size_t from, const Masks& masks) {
    std::uint64_t borders = masks.delimiter | masks.newline, ends = masks.newline;
    if ((masks.quote | quoted_) != 0) {
      const std::uint64_t inside = inside_quotes(masks.quote, quoted_);
      quoted_ = carry(inside);
      borders &= ~inside;
      ends &= ~inside;
    }
    list(static_cast<std::uint32_t>(from), borders);
    for (;;) {
      const std::uint64_t to_first = ends ^ (ends - 1);  // up to and with the first end; all where there is none
      index_.ends[records_] = static_cast<std::uint32_t>(borders_ + bits_of(borders & to_first));
      index_.lines[records_] = lines_ + static_cast<std::uint32_t>(bits_of(masks.newline & to_first));
      records_ += ends != 0 ? 1 : 0;
      ends &= ends - 1;
      if (ends == 0) break;  // few records are so short that two end in a word
    }
    borders_ += bits_of(borders);
    lines_ += static_cast<std::uint32_t>(bits_of(masks.newline));
  }

 private:
  __attribute__((always_inline)) void list(std::uint32_t from, std::uint64_t borders) {
    std::uint32_t* to = index_.borders.data() + borders_;
    list_usual(to, from, borders, std::make_index_sequence<usual_borders>());
    for (to += usual_borders; borders != 0; borders &= borders - 1)
      *to++ = from + static_cast<std::uint32_t>(std::countr_zero(borders));
  }
  /// Those there are, and something that is written over behind them.
  template <std::size_t... i>
  __attribute__((always_inline)) static void list_usual(std::uint32_t* to, std::uint32_t from, std::uint64_t& borders,
                                                        std::index_sequence<i...>) {
    ((to[i] = from + static_cast<std::uint32_t>(std::countr_zero(borders)), borders &= borders - 1), ...);
  }

  BorderIndex& index_;
  std::size_t borders_, records_;
  std::uint32_t lines_;
  std::uint64_t quoted_;
};

/// What lies before the end of the text.
Masks before_end(Masks masks, std::size_t from, std::size_t end) {
  if (end - from >= word_bytes) return masks;
  const std::uint64_t kept = up_to(static_cast<unsigned>(end - from - 1));
  masks.quote &= kept, masks.delimiter &= kept, masks.newline &= kept;
  return masks;
}

#ifdef SEATLINT_X86

__attribute__((target("avx2,bmi,popcnt"))) void index_avx2(const char* text, std::size_t from, std::size_t end,
                                                           std::size_t words, const Dialect& dialect,
                                                           BorderIndex& index) {
  const __m256i quote = _mm256_set1_epi8(dialect.quote), newline = _mm256_set1_epi8('\n');
  const __m256i delimiter = _mm256_set1_epi8(dialect.delimiter);
  Adder adder(index);
  for (; words > 0; --words, from += word_bytes) {
    const char* at = text + from;
    __builtin_prefetch(at + fetched_ahead);
    __m256i low, high;
    __builtin_memcpy(&low, at, sizeof low);
    __builtin_memcpy(&high, at + sizeof low, sizeof high);
    Masks masks;
    masks.quote = bits_avx2(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
    masks.delimiter = bits_avx2(_mm256_cmpeq_epi8(low, delimiter), _mm256_cmpeq_epi8(high, delimiter));
    masks.newline = bits_avx2(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
    adder.add(from, before_end(masks, from, end));
  }
}

#endif

}  // namespace

void index_borders(const char* text, std::size_t from, std::size_t end, std::size_t words, const Dialect& dialect,
                   BorderIndex& index) {
#ifdef SEATLINT_X86
  if (has_avx2()) return index_avx2(text, from, end, words, dialect, index);
#endif
  std::array<Masks, BorderIndex::strip_words> masks;
  find_borders(text + from, words, dialect, masks.data());
  Adder adder(index);
  for (std::size_t word = 0; word < words; ++word, from += word_bytes)
    adder.add(from, before_end(masks[word], from, end));
}

}  // namespace seatlint::csv
