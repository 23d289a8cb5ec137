// SPDX-License-Identifier: Apache-2.0
// See clean_run.hpp. One pass over the masks; what a byte needs to know of the byte before it is carried along.
#include "csv/clean_run.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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

 private:
  std::uint64_t quoted_ = 0, after_carriage_ = 0, after_close_ = 0;
  std::uint64_t after_border_ = 1, start_ = 1;
  std::uint64_t ends_ = 0, inside_ = 0;
};

}  // namespace

bool can_be_clean(const Dialect& dialect) {
  return !dialect.skip_blank && dialect.escape == '\0' && dialect.delimiter != '\n' && dialect.delimiter != '\r';
}

CleanRun clean_run(std::string_view text, const Dialect& dialect) {
  CleanRun run;
  Checker checker;
  std::uint64_t lines = 0;  // in the words before
  // The last word with the end of a record: where it stands, the lines before it, its line ends and those of records.
  std::size_t last_at = 0;
  std::uint64_t last_lines = 0, last_newlines = 0, last_ends = 0;
  std::array<Masks, strip_words> masks;
  std::array<char, word_bytes> rest{};
  for (std::size_t from = 0; from < text.size() && !run.stopped;) {
    const std::size_t left = text.size() - from;
    std::size_t words = std::min(strip_words, left / word_bytes);
    const char* at = text.data() + from;
    if (words == 0) {  // the rest of a word, filled up with what means nothing
      rest.fill(' ');
      std::memcpy(rest.data(), at, left);
      at = rest.data();
      words = 1;
    }
    find_masks(at, words, dialect, masks.data());
    for (std::size_t word = 0; word < words && !run.stopped; ++word, from += word_bytes) {
      const std::uint64_t bad = checker.check(masks[word]);
      std::uint64_t ends = checker.ends();
      if (bad != 0) {
        const auto first = static_cast<unsigned>(std::countr_zero(bad));
        if (from + first < text.size()) {
          run.stopped = true;
          run.at = from + first;
          ends &= up_to(first) >> 1u;
        }
      }
      // Without a branch: whether a word holds the end of a record can't be foretold.
      const bool any = ends != 0;
      last_at = any ? from : last_at;
      last_lines = any ? lines : last_lines;
      last_newlines = any ? masks[word].newline : last_newlines;
      last_ends = any ? ends : last_ends;
      lines += bits_of(masks[word].newline);
    }
  }
  if (last_ends == 0) return run;
  const auto end = 63u - static_cast<unsigned>(std::countl_zero(last_ends));
  run.end = last_at + end + 1;
  run.lines = last_lines + bits_of(last_newlines & up_to(end));
  return run;
}

}  // namespace seatlint::csv
