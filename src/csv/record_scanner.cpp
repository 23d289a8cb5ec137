// SPDX-License-Identifier: Apache-2.0
// See record_scanner.hpp. Offsets are into the window; `more` shifts them all when it drops what is done.
#include "csv/record_scanner.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace seatlint::csv {
namespace {

constexpr std::size_t index_block = 32u << 10;  // keeps text and index of a block in the first-level caches

std::string mib(std::size_t bytes) {
  return bytes >= (1u << 20) ? fmt::format("{} MiB", bytes >> 20u) : fmt::format("{} bytes", bytes);
}

}  // namespace

RecordScanner::RecordScanner(Window& window, const Dialect& dialect, std::size_t columns, const Options& options,
                             std::string name)
    : window_(window),
      dialect_(dialect),
      specials_{dialect.delimiter, dialect.quote, dialect.escape},
      columns_(columns),
      max_field_(options.max_field_bytes),
      max_columns_(options.max_columns),
      keep_unterminated_(options.keep_unterminated),
      name_(std::move(name)) {}

void RecordScanner::skip(std::size_t bytes, std::uint64_t lines) {
  next_ = bytes;
  line_ += lines;
  indexed_ = cursor_ = bytes;
}

void RecordScanner::restart(std::uint64_t lines) {
  line_ += lines;
  next_ = cursor_ = index_from_ = indexed_ = 0;
  index_.clear();
  at_ = 0;
}

void RecordScanner::begin_record() {
  record_ = field_ = cursor_ = next_;
  first_line_ = line_;
  quoted_ = closed_ = escaped_ = lenient_ = false;
  cells_.clear();
  strays_.clear();
}

bool RecordScanner::next() {
  begin_record();
  return parse();
}

// Reads more text, dropping what is done; every offset moves along.
bool RecordScanner::refill() {
  if (record_ > 0) {
    const std::size_t shift = record_;
    window_.discard(shift);
    for (std::size_t* offset : {&record_, &next_, &cursor_, &field_, &opened_, &closed_at_, &indexed_})
      *offset -= std::min(*offset, shift);
    for (Cell& cell : cells_) {
      cell.begin -= static_cast<std::uint32_t>(shift);
      cell.end -= static_cast<std::uint32_t>(shift);
    }
  }
  index_.clear();
  at_ = 0;
  index_from_ = indexed_;
  check_limits();
  return window_.fill();
}

// Makes further special bytes available; false when the text has ended.
bool RecordScanner::more() {
  indexed_ = std::max(indexed_, cursor_);
  if (indexed_ >= window_.end() && !refill()) return false;
  index_.clear();
  at_ = 0;
  index_from_ = indexed_;
  indexed_ = std::min(window_.end(), indexed_ + index_block);
  find_specials(window_.data(), index_from_, indexed_, specials_, index_);
  return true;
}

// Whether `bytes` from the special byte at `at` on were not all in memory. They are now (or the input has ended), but
// offsets have moved, so that the caller must come back for the same special byte.
bool RecordScanner::lacks(std::size_t at, std::size_t bytes) {
  if (at + bytes <= window_.end() || window_.ended()) return false;
  cursor_ = indexed_ = at;
  while (cursor_ + bytes > window_.end() && refill()) {
  }
  return true;
}

void RecordScanner::go_to(std::size_t offset) {
  cursor_ = offset;
  if (offset >= index_from_ && offset <= indexed_) {
    at_ = static_cast<std::size_t>(std::lower_bound(index_.begin(), index_.end(), offset) - index_.begin());
    return;
  }
  index_.clear();
  at_ = 0;
  index_from_ = indexed_ = offset;
}

void RecordScanner::check_limits() {
  const std::size_t size = window_.end() - field_;
  if (size > max_field_) {
    const std::uint64_t line = quoted_ ? opened_line_ : line_;
    throw Error(quoted_ ? fmt::format("{}: the quoted field that opened on line {} is longer than {}: its quote never "
                                      "closes, or the file is no CSV",
                                      printable(name_), line, mib(max_field_))
                        : fmt::format("{}: a field on line {} is longer than {}: the file is no CSV, or has another "
                                      "delimiter (see --delimiter)",
                                      printable(name_), line, mib(max_field_)));
  }
  if (window_.full())
    throw Error(fmt::format("{}: the record on line {} does not fit into memory ({})", printable(name_), first_line_,
                            mib(window_.end())));
}

bool RecordScanner::parse() {
  for (;;) {
    while (at_ < index_.size()) {
      const std::size_t at = index_[at_];
      if (at < cursor_) {
        ++at_;
        continue;
      }
      const char c = window_.data()[at];
      if (quoted_ ? inside(at, c) : outside(at, c)) return true;
    }
    cursor_ = std::max(cursor_, indexed_);
    if (!more()) return finish_at_end();
  }
}

void RecordScanner::add(std::size_t end) {
  std::size_t from = field_;
  if (dialect_.skip_blank && !closed_)
    while (from < end && window_.data()[from] == ' ') ++from;
  if (closed_)
    cells_.push_back({static_cast<std::uint32_t>(opened_ + 1), static_cast<std::uint32_t>(closed_at_), true, escaped_});
  else
    cells_.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(end), false, false});
  if (cells_.size() > max_columns_)
    throw Error(fmt::format("{}: line {} has more than {} columns", printable(name_), first_line_, max_columns_));
  if (cells_.back().end - cells_.back().begin > max_field_) check_limits();
  closed_ = escaped_ = false;
}

bool RecordScanner::outside(std::size_t at, char c) {
  if (c == dialect_.delimiter) {
    add(at);
    field_ = cursor_ = at + 1;
    ++at_;
    return false;
  }
  if (c == '\n' || c == '\r') return line_end(at, c);
  if (c == dialect_.quote && opens_field(at)) {
    open(at);
  } else if (c == dialect_.quote) {
    note_stray(1, static_cast<std::uint32_t>(cells_.size()) + 1, line_);
  }
  cursor_ = at + 1;
  ++at_;
  return false;
}

bool RecordScanner::opens_field(std::size_t at) {
  if (dialect_.quote == '\0') return false;
  if (at == field_) return true;
  if (!dialect_.skip_blank) return false;
  const char* data = window_.data();
  return std::all_of(data + field_, data + at, [](char c) { return c == ' '; });
}

void RecordScanner::open(std::size_t at) {
  quoted_ = true;
  escaped_ = false;
  opened_ = at;
  opened_line_ = line_;
}

bool RecordScanner::line_end(std::size_t at, char c) {
  if (c == '\r' && lacks(at, 2)) return false;
  add(at);
  const bool pair = c == '\r' && at + 1 < window_.end() && window_.data()[at + 1] == '\n';
  next_ = cursor_ = at + (pair ? std::size_t{2} : std::size_t{1});
  ++line_;
  if (!strays_.empty()) mend_glued();
  return true;
}

void RecordScanner::mend_glued() {
  if (columns_ == 0 || next_ - record_ > repair_lookahead) return;
  Attempt split;
  if (!split_glued(window_.text(), record_, next_, dialect_, columns_, cells_.size(), split)) return;
  cells_ = std::move(split.cells);
  strays_.clear();
  note_stray(split.odd, split.odd_column, first_line_, split.oddity);
}

bool RecordScanner::inside(std::size_t at, char c) {
  if (c == dialect_.delimiter) {
    cursor_ = at + 1;
    return false;
  }
  if (lacks(at, 2)) return false;
  const bool last = at + 1 >= window_.end();
  const char after = last ? '\0' : window_.data()[at + 1];
  cursor_ = at + 1;
  if (c == '\n' || c == '\r') {
    if (c == '\n' || last || after != '\n') ++line_;
  } else if (c != dialect_.quote || (!last && after == dialect_.quote)) {
    escaped_ = true;
    cursor_ = at + 2;
    // An escaped line end is still a line end.
    if (c != dialect_.quote && (after == '\n' || after == '\r')) cursor_ = at + 1;
  } else if (last || after == dialect_.delimiter || after == '\n' || after == '\r') {
    quoted_ = false;
    closed_ = true;
    closed_at_ = at;
  } else if (lenient_) {
    note_stray(1, static_cast<std::uint32_t>(cells_.size()) + 1, line_);
  } else {
    return repair(at);
  }
  return false;
}

// The quote at `at` neither doubles nor closes. True when a repair completed the record.
bool RecordScanner::repair(std::size_t at) {
  if (lacks(at, repair_lookahead)) return false;
  std::size_t end = std::min(window_.end(), at + repair_lookahead);
  // Broken quotes everywhere must not make reading slow: then a repair looks no further than the line.
  if (repaired_bytes_ > (1u << 20) + 8 * (window_.base() + at)) {
    const std::size_t line = window_.text().find('\n', at);
    end = line == std::string_view::npos ? end : std::min(end, line + 1);
  }
  repaired_bytes_ += end - record_;
  const std::string_view text = window_.text().substr(0, end);
  Attempt attempt = repair_record(text, record_, opened_, window_.ended() && end == window_.end(), dialect_, columns_);
  if (attempt.whole) {
    adopt(std::move(attempt));
    return true;
  }
  lenient_ = true;
  cursor_ = at + 1;
  note_stray(1, static_cast<std::uint32_t>(cells_.size()) + 1, line_);
  return false;
}

void RecordScanner::adopt(Attempt&& attempt) {
  strays_.clear();
  note_stray(attempt.odd, attempt.odd_column, first_line_, attempt.oddity);
  cells_ = std::move(attempt.cells);
  if (cells_.size() > max_columns_)
    throw Error(fmt::format("{}: line {} has more than {} columns", printable(name_), first_line_, max_columns_));
  line_ = first_line_ + attempt.lines;
  next_ = attempt.end;
  quoted_ = closed_ = false;
  go_to(next_);
}

bool RecordScanner::finish_at_end() {
  if (record_ >= window_.end()) return false;
  if (quoted_) {
    Attempt literal;
    if (is_stray_opening(window_.text(), record_, opened_, dialect_, columns_, literal)) {
      adopt(std::move(literal));
      return true;
    }
    if (!keep_unterminated_)
      throw Error(fmt::format("{}: the file ends inside a quoted field that opened on line {}: it is cut or still "
                              "being written; fetch it again",
                              printable(name_), opened_line_),
                  Error::Kind::try_again);
    unterminated_ = opened_line_;
    if (literal.whole && literal.cells.size() == columns_ && is_lone_quote(window_.text(), opened_)) {
      adopt(std::move(literal));
      return true;
    }
    closed_at_ = window_.end();
    closed_ = true;
    quoted_ = false;
  }
  add(window_.end());
  next_ = cursor_ = window_.end();
  if (!strays_.empty() && unterminated_ == 0) mend_glued();
  return true;
}

void RecordScanner::note_stray(std::uint32_t count, std::uint32_t column, std::uint64_t line, Oddity oddity) {
  if (!strays_.empty() && strays_.back().column == column) {
    strays_.back().count += count;
    return;
  }
  strays_.push_back({line, column, count, oddity});
}

}  // namespace seatlint::csv
