// SPDX-License-Identifier: Apache-2.0
// Takes a clean block apart, record by record, without copying: fields are given as they stand, quotes included.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "csv/border_index.hpp"

namespace seatlint::csv {

class BlockRows {
 public:
  static constexpr std::size_t most_fields = BorderIndex::most_kept;

  /// Of each record only the first `most_fields` can be asked for; `fields` counts all. `block` must outlive this.
  BlockRows(const Block& block, const Dialect& dialect)
      : text_(block.memory.get()),
        at_(block.begin),
        end_(block.end),
        word_(block.begin),
        dialect_(dialect),
        next_line_(block.line),
        first_line_(block.line) {}

  /// False behind the last record.
  bool next() {
    if (at_ >= end_) return false;
    if (record_ == index_.record_count) next_strip();
    const std::size_t end = index_.ends[record_];
    borders_ = index_.borders.data() + first_border_;
    fields_ = end - first_border_ + dropped_;
    first_border_ = end;
    dropped_ = 0;
    begin_ = at_;
    at_ = index_.borders[end - 1] + std::size_t{1};
    line_ = next_line_;
    next_line_ = first_line_ + index_.lines[record_];
    ++record_;
    return true;
  }

  std::size_t fields() const { return fields_; }
  std::uint64_t line() const { return line_; }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return at_; }  ///< behind the line end
  /// The bytes of a field from 0, below `fields` and `most_fields`.
  std::string_view raw(std::size_t field) const {
    const std::size_t from = field == 0 ? begin_ : borders_[field - 1] + std::size_t{1};
    std::size_t to = borders_[field];
    if (field + 1 == fields_ && to > from && text_[to - 1] == '\r') --to;
    return {text_ + from, to - from};
  }
  std::string_view text() const { return {text_ + begin_, at_ - begin_}; }

 private:
  void next_strip();

  const char* text_;
  std::size_t at_, end_;
  std::size_t word_;  ///< behind the words indexed
  Dialect dialect_;
  std::uint64_t next_line_, first_line_, line_ = 0;
  std::size_t begin_ = 0, fields_ = 0;
  const std::uint32_t* borders_ = nullptr;  ///< of the record
  std::size_t record_ = 0;                  ///< the next one in the index
  std::size_t first_border_ = 0;            ///< of the next record
  std::size_t dropped_ = 0;                 ///< borders of the next record that are counted only
  BorderIndex index_;
};

/// One record of clean text, its line end included, into decoded fields, however many. `store` holds what had to be
/// copied.
void split_clean_record(std::string_view text, const Dialect& dialect, std::vector<std::string_view>& fields,
                        std::string& store);

}  // namespace seatlint::csv
