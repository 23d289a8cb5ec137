// SPDX-License-Identifier: Apache-2.0
// Takes a clean block apart, record by record, without copying: fields are given as they stand, quotes included.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "csv/masks.hpp"

namespace seatlint::csv {

class BlockRows {
 public:
  static constexpr std::size_t most_fields = 256;

  /// Of each record only the first `kept` fields, at most `most_fields`, can be asked for; `fields` counts all.
  /// `block` must outlive this.
  BlockRows(const Block& block, const Dialect& dialect, std::size_t kept = most_fields)
      : text_(block.memory.get()),
        at_(block.begin),
        end_(block.end),
        word_(block.begin),
        dialect_(dialect),
        kept_(kept),
        next_line_(block.line) {}

  /// False behind the last record.
  bool next() {
    if (at_ >= end_) return false;
    begin_ = at_;
    line_ = next_line_;
    fields_ = 0;
    for (;;) {
      for (; fields_ < kept_ && borders_ != 0; borders_ &= borders_ - 1) {
        const auto bit = static_cast<unsigned>(std::countr_zero(borders_));
        stops_[fields_++] = static_cast<std::uint32_t>(word_ - word_bytes + bit);
        if ((ends_ >> bit & 1u) != 0) return end_record(bit);
      }
      if (const std::uint64_t ends = ends_ & borders_; ends != 0) {
        const auto bit = static_cast<unsigned>(std::countr_zero(ends));
        fields_ += bits_of(borders_ & up_to(bit));
        return end_record(bit);
      }
      fields_ += bits_of(borders_);
      next_word();
    }
  }

  std::size_t fields() const { return fields_; }
  std::uint64_t line() const { return line_; }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return at_; }  ///< behind the line end
  /// The bytes of a field from 0, below `fields` and as many as are kept.
  std::string_view raw(std::size_t field) const {
    const std::size_t from = field == 0 ? begin_ : stops_begin(field);
    return {text_ + from, stops_[field] - from};
  }
  std::string_view text() const { return {text_ + begin_, at_ - begin_}; }

 private:
  static constexpr std::size_t strip_words = 32;

  std::size_t stops_begin(std::size_t field) const { return stops_[field - 1] + std::size_t{1}; }
  /// `bit` of the word at hand is the line end.
  bool end_record(unsigned bit) {
    borders_ &= ~up_to(bit);
    const std::size_t at = word_ - word_bytes + bit;
    at_ = at + 1;
    ++next_line_;
    if (quoted_lines_ != 0) count_quoted_lines(bit);
    if (fields_ <= kept_ && at > begin_ && text_[at - 1] == '\r') --stops_[fields_ - 1];
    return true;
  }
  void next_word();
  void count_quoted_lines(unsigned bit);

  const char* text_;
  std::size_t at_, end_;
  std::size_t word_;  ///< behind the word at hand
  Dialect dialect_;
  std::size_t kept_;
  std::uint64_t next_line_, line_ = 0;
  std::size_t begin_ = 0, fields_ = 0;
  std::uint64_t borders_ = 0, ends_ = 0, quoted_ = 0;
  std::uint64_t quoted_lines_ = 0;  ///< line ends inside quotes not counted yet, of the word at hand
  std::size_t strip_ = 0, strips_ = 0;
  std::array<Masks, strip_words> masks_;
  std::array<std::uint32_t, most_fields> stops_;
};

/// One record of clean text, its line end included, into decoded fields, however many. `store` holds what had to be
/// copied.
void split_clean_record(std::string_view text, const Dialect& dialect, std::vector<std::string_view>& fields,
                        std::string& store);

}  // namespace seatlint::csv
