// SPDX-License-Identifier: Apache-2.0
// See clean_run.hpp. One pass over the words; what a byte needs to know of the byte before it is carried along.
#include "csv/clean_run.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "csv/avx2_bits.hpp"
#include "csv/masks.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t strip_words = 64;

/// What is carried from word to word; bit 0 speaks of the byte before the word.
class Checker {
 public:
  /// The bytes that are not clean.
  std::uint64_t check(const Masks& masks) {
    std::uint64_t bad = masks.odd | (((masks.carriage << 1u) | after_carriage_) & ~masks.newline);
    after_carriage_ = masks.carriage >> 63u;
    ends_ = masks.newline;
    inside_ = 0;
    if ((masks.quote | quoted_ | after_close_) != 0) {
      inside_ = inside_quotes(masks.quote, quoted_);
      quoted_ = carry(inside_);
      const std::uint64_t opens = masks.quote & inside_, closes = masks.quote & ~inside_;
      const std::uint64_t borders = masks.delimiter | masks.newline | masks.quote;
      bad |= opens & ~((borders << 1u) | after_border_);
      bad |= ((closes << 1u) | after_close_) & ~(borders | masks.carriage);
      after_close_ = closes >> 63u;
      ends_ &= ~inside_;
    }
    after_border_ = (masks.delimiter | masks.newline | masks.quote) >> 63u;
    // A blank line is no record, and may say that the table has ended.
    const std::uint64_t first_bytes = (ends_ << 1u) | start_;
    bad |= first_bytes & (ends_ | (masks.carriage & ~inside_));
    start_ = ends_ >> 63u;
    return bad;
  }
  /// Ends of records in the word checked last.
  std::uint64_t ends() const { return ends_; }

  /// Whether a word is clean in which only line ends and delimiters mean something.
  bool is_clean(std::uint64_t newline) const {
    return (quoted_ | after_carriage_ | after_close_ | (((newline << 1u) | start_) & newline)) == 0;
  }
  /// Goes on behind such a word, the last byte of which may be a delimiter.
  void pass(std::uint64_t newline, bool delimiter) {
    start_ = newline >> 63u;
    after_border_ = delimiter ? 1 : start_;
  }

 private:
  std::uint64_t quoted_ = 0, after_carriage_ = 0, after_close_ = 0;
  std::uint64_t after_border_ = 1, start_ = 1;
  std::uint64_t ends_ = 0, inside_ = 0;
};

/// A walk over the words of a text.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  bool is_clean(std::uint64_t newline) const { return checker_.is_clean(newline); }
  void pass(std::size_t from, std::uint64_t newline, bool delimiter) {
    checker_.pass(newline, delimiter);
    count(from, newline, newline);
  }
  /// False where the word is not clean, and the walk over.
  __attribute__((always_inline)) bool take(std::size_t from, const Masks& masks) {
    const std::uint64_t bad = checker_.check(masks);
    std::uint64_t ends = checker_.ends();
    if (bad != 0) {
      const auto first = static_cast<unsigned>(std::countr_zero(bad));
      if (from + first < text_.size()) {
        run_.stopped = true;
        run_.at = from + first;
        ends &= up_to(first) >> 1u;
      }
    }
    count(from, masks.newline, ends);
    return !run_.stopped;
  }
  bool stopped() const { return run_.stopped; }
  CleanRun run() {
    if (last_ends_ == 0) return run_;
    const auto end = 63u - static_cast<unsigned>(std::countl_zero(last_ends_));
    run_.end = last_at_ + end + 1;
    run_.lines = last_lines_ + bits_of(last_newlines_ & up_to(end));
    return run_;
  }

 private:
  void count(std::size_t from, std::uint64_t newlines, std::uint64_t ends) {
    // Without a branch: whether a word holds the end of a record can't be foretold.
    const bool any = ends != 0;
    last_at_ = any ? from : last_at_;
    last_lines_ = any ? lines_ : last_lines_;
    last_newlines_ = any ? newlines : last_newlines_;
    last_ends_ = any ? ends : last_ends_;
    lines_ += bits_of(newlines);
  }

  std::string_view text_;
  Checker checker_;
  CleanRun run_;
  std::uint64_t lines_ = 0;  ///< in the words before
  /// The last word with the end of a record: where it stands, the lines before it, its line ends and those of records.
  std::size_t last_at_ = 0;
  std::uint64_t last_lines_ = 0, last_newlines_ = 0, last_ends_ = 0;
};

#ifdef SEATLINT_X86

/// Over whole words, as far as they are clean; how far that was. Most words have no quote.
__attribute__((target("avx2,bmi,popcnt"))) std::size_t walk_avx2(std::string_view text, const Dialect& dialect,
                                                                 Walk& outer) {
  const __m256i quote = _mm256_set1_epi8(dialect.quote), newline = _mm256_set1_epi8('\n');
  const __m256i carriage = _mm256_set1_epi8('\r'), nul = _mm256_setzero_si256();
  Walk walk = outer;  // its numbers in registers
  std::size_t from = 0;
  for (; from + word_bytes <= text.size(); from += word_bytes) {
    __builtin_prefetch(text.data() + from + fetched_ahead);
    __m256i low, high;
    __builtin_memcpy(&low, text.data() + from, sizeof low);
    __builtin_memcpy(&high, text.data() + from + sizeof low, sizeof high);
    const __m256i carriages = _mm256_or_si256(_mm256_cmpeq_epi8(low, carriage), _mm256_cmpeq_epi8(high, carriage));
    const __m256i quotes = _mm256_or_si256(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
    const __m256i nuls = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), nul);
    const int special = _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(carriages, quotes), nuls));
    const std::uint64_t ends = bits_avx2(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
    if (special == 0 && walk.is_clean(ends)) {
      walk.pass(from, ends, text[from + word_bytes - 1] == dialect.delimiter);
      continue;
    }
    const __m256i delimiter = _mm256_set1_epi8(dialect.delimiter);
    Masks masks;
    masks.newline = ends;
    masks.quote = bits_avx2(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
    masks.delimiter = bits_avx2(_mm256_cmpeq_epi8(low, delimiter), _mm256_cmpeq_epi8(high, delimiter));
    masks.carriage = bits_avx2(_mm256_cmpeq_epi8(low, carriage), _mm256_cmpeq_epi8(high, carriage));
    masks.odd = bits_avx2(_mm256_cmpeq_epi8(low, nul), _mm256_cmpeq_epi8(high, nul));
    if (!walk.take(from, masks)) break;
  }
  outer = walk;
  return from;
}

#endif

/// Over whole words, as far as they are clean, and how far that was.
std::size_t walk_words(std::string_view text, const Dialect& dialect, Walk& walk) {
#ifdef SEATLINT_X86
  if (has_avx2()) return walk_avx2(text, dialect, walk);
#endif
  std::array<Masks, strip_words> masks;
  for (std::size_t from = 0;;) {
    const std::size_t words = std::min(strip_words, (text.size() - from) / word_bytes);
    if (words == 0) return from;
    find_masks(text.data() + from, words, dialect, masks.data());
    for (std::size_t word = 0; word < words; ++word, from += word_bytes)
      if (!walk.take(from, masks[word])) return from;
  }
}

}  // namespace

bool can_be_clean(const Dialect& dialect) {
  return !dialect.skip_blank && dialect.escape == '\0' && dialect.delimiter != '\n' && dialect.delimiter != '\r';
}

CleanRun clean_run(std::string_view text, const Dialect& dialect) {
  Walk walk(text);
  const std::size_t from = walk_words(text, dialect, walk), left = text.size() - from;
  if (left > 0 && !walk.stopped()) {  // the rest of a word, filled up with what means nothing
    std::array<char, word_bytes> rest{};
    rest.fill(' ');
    std::memcpy(rest.data(), text.data() + from, left);
    Masks masks;
    find_masks(rest.data(), 1, dialect, &masks);
    walk.take(from, masks);
  }
  return walk.run();
}

}  // namespace seatlint::csv
