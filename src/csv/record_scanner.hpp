// SPDX-License-Identifier: Apache-2.0
// Walks over the special bytes of the text and cuts it into records of cells, resuming where a block ended. Knows
// nothing of encodings, layouts or reports: reader.cpp adds those.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "csv/repair.hpp"
#include "csv/scan.hpp"
#include "csv/window.hpp"

namespace seatlint::csv {

/// Odd quotes of a field, counted from 1; `line` is where they were met.
struct Stray {
  std::uint64_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t count = 0;
  Oddity oddity = Oddity::kept;
};

class RecordScanner {
 public:
  RecordScanner(Window& window, const Dialect& dialect, std::size_t columns, const Options& options, std::string name);

  /// Goes on behind the bytes and lines that are no records.
  void skip(std::size_t bytes, std::uint64_t lines);
  /// Goes on at the front of the window, behind `lines` that were taken out of it.
  void restart(std::uint64_t lines);
  /// Cuts the next line or record; false at the end. A blank line is one empty unquoted cell.
  bool next();

  const std::vector<Cell>& cells() const { return cells_; }
  bool blank() const { return cells_.size() == 1 && cells_[0].begin == cells_[0].end && !cells_[0].quoted; }
  std::size_t begin() const { return record_; }
  std::size_t end() const { return next_; }
  std::uint64_t line() const { return first_line_; }  ///< on which the record starts
  std::uint64_t lines() const { return line_; }       ///< line behind the record
  const std::vector<Stray>& strays() const { return strays_; }
  /// Set where the input ended inside a quoted field: the line where that opened.
  std::uint64_t unterminated_line() const { return unterminated_; }

 private:
  bool parse();
  bool more();
  bool refill();
  bool lacks(std::size_t at, std::size_t bytes);
  bool outside(std::size_t at, char c);
  bool inside(std::size_t at, char c);
  bool line_end(std::size_t at, char c);
  bool opens_field(std::size_t at);
  void open(std::size_t at);
  void add(std::size_t end);
  bool repair(std::size_t at);
  void adopt(Attempt&& attempt);
  void go_to(std::size_t offset);
  void mend_glued();
  bool finish_at_end();
  void note_stray(std::uint32_t count, std::uint32_t column, std::uint64_t line, Oddity oddity = Oddity::kept);
  void check_limits();
  void begin_record();

  Window& window_;
  Dialect dialect_;
  Specials specials_;
  std::size_t columns_;
  std::size_t max_field_, max_columns_;
  bool keep_unterminated_;
  std::string name_;

  std::vector<std::uint32_t> index_;          // special bytes of the block at hand
  std::size_t at_ = 0;                        // the next of them
  std::size_t index_from_ = 0, indexed_ = 0;  // the text that the index covers

  std::size_t record_ = 0, next_ = 0;
  std::size_t cursor_ = 0;  // specials before this are done with
  std::size_t field_ = 0;   // where the field at hand starts
  std::size_t opened_ = 0;  // where its quote stands
  std::uint64_t opened_line_ = 0;
  bool quoted_ = false, closed_ = false, escaped_ = false, lenient_ = false;
  std::size_t closed_at_ = 0;
  std::uint64_t line_ = 1, first_line_ = 1, unterminated_ = 0;
  std::uint64_t repaired_bytes_ = 0;  // looked at by repairs, kept in proportion to the bytes read
  std::vector<Cell> cells_;
  std::vector<Stray> strays_;
};

}  // namespace seatlint::csv
