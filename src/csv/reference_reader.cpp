// SPDX-License-Identifier: Apache-2.0
// See reference_reader.hpp. It shares with the streaming reader only what a broken record is taken for (repair.hpp).
#include "csv/reference_reader.hpp"

#include <algorithm>

#include "csv/header_lines.hpp"
#include "csv/preamble.hpp"
#include "csv/repair.hpp"

namespace seatlint::csv {
namespace {

class PlainReader {
 public:
  PlainReader(std::string_view text, const Layout& layout) : text_(text), d_(layout.dialect), columns_(layout.columns) {
    at_ = bytes_of_lines(text, layout.preamble_lines);
    line_ += layout.preamble_lines;
  }

  std::vector<ReferenceRecord> run() {
    while (at_ < text_.size()) {
      begin_ = at_;
      first_line_ = line_;
      cells_.clear();
      stray_ = unterminated_ = mended_ = lenient_ = false;
      read_record();
      if (stray_ && !unterminated_ && !mended_ && columns_ != 0) {
        Attempt split;
        if (split_glued(text_, begin_, at_, d_, columns_, cells_.size(), split)) cells_ = split.cells;
      }
      deliver();
    }
    return std::move(records_);
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  bool line_ends() const { return !at_end() && (text_[at_] == '\n' || text_[at_] == '\r'); }
  void pass_line_end() {
    at_ += text_.substr(at_).starts_with("\r\n") ? 2u : 1u;
    ++line_;
  }

  void read_record() {
    for (;;) {
      if (!read_field()) return;
      if (at_end()) return;
      if (line_ends()) return pass_line_end();
      ++at_;  // the delimiter; a record may end right behind it, with one more empty field
    }
  }

  // False where the record is over already.
  bool read_field() {
    std::size_t from = at_;
    if (d_.skip_blank)
      while (from < text_.size() && text_[from] == ' ') ++from;
    if (from < text_.size() && text_[from] == d_.quote && d_.quote != '\0') return read_quoted(from);
    at_ = from;
    while (!at_end() && !line_ends() && text_[at_] != d_.delimiter) {
      if (text_[at_] == d_.quote && d_.quote != '\0') stray_ = true;
      ++at_;
    }
    cells_.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(at_), false, false});
    return true;
  }

  bool read_quoted(std::size_t open) {
    at_ = open + 1;
    while (!at_end()) {
      if (line_ends()) {
        pass_line_end();
        continue;
      }
      if (d_.escape != '\0' && text_[at_] == d_.escape) {
        ++at_;
        if (!at_end() && !line_ends()) ++at_;
        continue;
      }
      if (text_[at_] != d_.quote) {
        ++at_;
        continue;
      }
      if (at_ + 1 < text_.size() && text_[at_ + 1] == d_.quote) {
        at_ += 2;
        continue;
      }
      const std::size_t close = at_++;
      if (at_end() || line_ends() || text_[at_] == d_.delimiter) {
        cells_.push_back({static_cast<std::uint32_t>(open + 1), static_cast<std::uint32_t>(close), true, true});
        return true;
      }
      if (lenient_) continue;
      const std::size_t limit = std::min(text_.size(), close + repair_lookahead);
      Attempt attempt = repair_record(text_.substr(0, limit), begin_, open, limit == text_.size(), d_, columns_);
      lenient_ = !attempt.whole;
      if (lenient_) continue;
      adopt(std::move(attempt));
      return false;
    }
    Attempt literal;
    if (is_stray_opening(text_, begin_, open, d_, columns_, literal)) {
      adopt(std::move(literal));
      return false;
    }
    unterminated_ = true;
    if (literal.whole && literal.cells.size() == columns_ && is_lone_quote(text_, open)) {
      adopt(std::move(literal));
      return false;
    }
    cells_.push_back({static_cast<std::uint32_t>(open + 1), static_cast<std::uint32_t>(text_.size()), true, true});
    return false;
  }

  void adopt(Attempt&& attempt) {
    mended_ = true;
    cells_ = std::move(attempt.cells);
    at_ = attempt.end;
    line_ = first_line_ + attempt.lines;
  }

  void deliver() {
    if (cells_.size() == 1 && cells_[0].begin == cells_[0].end && !cells_[0].quoted) {
      ++blank_;
      return;
    }
    ReferenceRecord record;
    for (const Cell& cell : cells_) {
      std::string field(text_.substr(cell.begin, cell.end - cell.begin));
      if (cell.escaped) field.resize(unescape(field.data(), field.size(), d_));
      record.fields.push_back(std::move(field));
    }
    record.line = first_line_;
    record.blank_before = blank_;
    record.unterminated = unterminated_;
    blank_ = 0;
    records_.push_back(std::move(record));
  }

  std::string_view text_;
  Dialect d_;
  std::size_t columns_;
  std::size_t at_ = 0, begin_ = 0;
  std::uint64_t line_ = 1, first_line_ = 1;
  std::uint32_t blank_ = 0;
  bool stray_ = false, unterminated_ = false, mended_ = false, lenient_ = false;
  std::vector<Cell> cells_;
  std::vector<ReferenceRecord> records_;
};

}  // namespace

std::vector<ReferenceRecord> read_plainly(std::string_view text, const Layout& layout) {
  std::vector<ReferenceRecord> records = PlainReader(text, layout).run();
  if (layout.header_records < 2 || records.size() < layout.header_records) return records;
  std::vector<std::vector<std::string>> lines;
  for (std::size_t i = 0; i < layout.header_records; ++i) lines.push_back(records[i].fields);
  ReferenceRecord header = records[0];
  header.fields = joined_header(lines);
  records.erase(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(layout.header_records) - 1);
  records.front() = std::move(header);
  return records;
}

}  // namespace seatlint::csv
