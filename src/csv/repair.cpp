// SPDX-License-Identifier: Apache-2.0
// See repair.hpp.
#include "csv/repair.hpp"

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"

namespace seatlint::csv {
namespace {

enum class Reading {
  lenient,    // a quote that does not end the field is a letter: "say "hi" now"
  undoubled,  // quotes inside were never doubled: "a 48" table"
  strict,     // nor does one before blanks and the end of the line: "he said "so" <end> and left"
  literal,    // the opening quote is a letter: "no closing quote, next field
  parted,     // the delimiter behind a quoted field is lost: "size 4, red"boots
  glued,      // the delimiter before a quoted field is lost: boots"size 4, red"
};

constexpr std::size_t nowhere = std::string_view::npos;
constexpr std::uint32_t most_lines = 20;  // of one record that are tried as records of their own

class Attempter {
 public:
  Attempter(std::string_view text, bool complete, const Dialect& dialect, Reading reading, std::size_t open)
      : text_(text), complete_(complete), d_(dialect), reading_(reading), open_(open) {}

  Attempt run(std::size_t begin) {
    std::size_t i = begin;
    for (;;) {
      i = field(i);
      if (i == nowhere) return std::move(result_);
      if (i == text_.size()) return done(i, complete_);
      if (text_[i] == d_.delimiter) {
        ++i;
        continue;
      }
      const bool pair = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
      // Whether LF follows a CR that ends the text is not known yet.
      if (text_[i] == '\r' && i + 1 == text_.size() && !complete_) return std::move(result_);
      ++result_.lines;
      return done(i + (pair ? std::size_t{2} : std::size_t{1}), true);
    }
  }

 private:
  Attempt done(std::size_t end, bool whole) {
    result_.end = end;
    result_.whole = whole;
    return std::move(result_);
  }

  bool ends_field(std::size_t i) const {
    if (i == text_.size()) return complete_;
    return text_[i] == d_.delimiter || text_[i] == '\n' || text_[i] == '\r';
  }

  void note(Oddity oddity) {
    if (result_.odd++ == 0) {
      result_.odd_column = static_cast<std::uint32_t>(result_.cells.size()) + 1;
      result_.oddity = oddity;
    }
    if (oddity == Oddity::no_comma || result_.oddity == Oddity::blanks) result_.oddity = oddity;
  }

  void add(std::size_t begin, std::size_t end, bool quoted, bool escaped) {
    result_.cells.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), quoted, escaped});
  }

  // Reads the field that starts at `i`; returns where it ends, nowhere if that is beyond the text.
  std::size_t field(std::size_t i) {
    std::size_t from = i;
    if (d_.skip_blank)
      while (from < text_.size() && text_[from] == ' ' && d_.delimiter != ' ') ++from;
    const bool opens = d_.quote != '\0' && from < text_.size() && text_[from] == d_.quote;
    if (opens && !(reading_ == Reading::literal && from == open_)) return quoted(from + 1);
    std::size_t end = from;
    for (; end < text_.size() && !ends_field(end); ++end) {
      if (text_[end] != d_.quote || d_.quote == '\0') continue;
      note(reading_ == Reading::glued ? Oddity::no_comma : Oddity::kept);
      if (reading_ != Reading::glued) continue;
      add(from, end, false, false);
      return quoted(end + 1);
    }
    add(from, end, false, false);
    return end;
  }

  std::size_t quoted(std::size_t from) {
    bool escaped = false;
    for (std::size_t i = from; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '\n' || (c == '\r' && !(i + 1 < text_.size() && text_[i + 1] == '\n'))) ++result_.lines;
      if (d_.escape != '\0' && c == d_.escape && i + 1 < text_.size()) {
        escaped = true;
        ++i;
        continue;
      }
      if (c != d_.quote) continue;
      if (reading_ != Reading::undoubled && i + 1 < text_.size() && text_[i + 1] == d_.quote) {
        escaped = true;
        ++i;
        continue;
      }
      std::size_t after = i + 1;
      while (after < text_.size() && text_[after] == ' ' && d_.delimiter != ' ') ++after;
      const bool blanks = after != i + 1;
      const bool line_goes_on = after < text_.size() && text_[after] == d_.delimiter;
      if (ends_field(after) && !(blanks && reading_ == Reading::strict && !line_goes_on)) {
        if (blanks) note(Oddity::blanks);
        add(from, i, true, escaped);
        return after;
      }
      const bool part = reading_ == Reading::parted && i > from && text_[i - 1] != d_.delimiter;
      note(part ? Oddity::no_comma : Oddity::kept);
      if (!part) continue;
      add(from, i, true, escaped);
      return field(i + 1);
    }
    return nowhere;
  }

  std::string_view text_;
  bool complete_;
  const Dialect& d_;
  Reading reading_;
  std::size_t open_;
  Attempt result_;
};

// Whether the record behind the attempt is no record of the table: then the attempt ended in the wrong place.
bool breaks_next(std::string_view text, const Attempt& attempt, bool complete, const Dialect& dialect,
                 std::size_t columns) {
  const std::size_t at = text.find_first_not_of("\r\n", attempt.end);
  if (!attempt.whole || columns == 0 || at == nowhere) return false;
  const Attempt next = Attempter(text, complete, dialect, Reading::lenient, nowhere).run(at);
  return next.whole ? next.cells.size() != columns : complete;
}

// Whether the attempt ends with a record of the table that could stand alone: then it took two records for one.
bool swallows_record(std::string_view text, std::size_t begin, const Attempt& attempt, const Dialect& dialect,
                     std::size_t columns) {
  if (!attempt.whole || columns < 2) return false;
  const std::string_view record = text.substr(0, attempt.end);
  std::uint32_t lines = 1;
  for (std::size_t at = record.find('\n', begin); at + 1 < record.size() && lines < most_lines;
       at = record.find('\n', at + 1), ++lines) {
    const Attempt alone = Attempter(record, true, dialect, Reading::lenient, nowhere).run(at + 1);
    if (alone.odd == 0 && alone.end == attempt.end && alone.cells.size() == columns) return true;
  }
  return false;
}

}  // namespace

Attempt repair_record(std::string_view text, std::size_t begin, std::size_t open, bool complete, const Dialect& dialect,
                      std::size_t columns) {
  Attempt best;
  for (const Reading reading :
       {Reading::lenient, Reading::undoubled, Reading::strict, Reading::literal, Reading::parted}) {
    Attempt attempt = Attempter(text, complete, dialect, reading, open).run(begin);
    const auto misfit = [&](const Attempt& a) {
      return std::tuple(!a.whole, swallows_record(text, begin, a, dialect, columns),
                        columns != 0 && a.cells.size() != columns, breaks_next(text, a, complete, dialect, columns),
                        a.lines);
    };
    if (reading == Reading::parted && attempt.cells.size() != columns) continue;
    if (reading == Reading::lenient || misfit(attempt) < misfit(best)) best = std::move(attempt);
  }
  return best;
}

bool is_stray_opening(std::string_view text, std::size_t begin, std::size_t open, const Dialect& dialect,
                      std::size_t columns, Attempt& literal) {
  if (columns < 2) return false;
  literal = Attempter(text, true, dialect, Reading::literal, open).run(begin);
  if (!literal.whole || literal.cells.size() != columns || literal.lines == 0) return false;
  std::size_t at = literal.end;
  int lines = 0;
  for (; lines < 20 && at < text.size(); ++lines) {
    const Attempt next = Attempter(text, true, dialect, Reading::lenient, nowhere).run(at);
    if (!next.whole || next.cells.size() != columns) return false;
    at = next.end;
  }
  return lines >= 2;
}

bool is_lone_quote(std::string_view text, std::size_t open) {
  return text.find_first_not_of("\r\n", open + 1) == nowhere && open + 1 < text.size();
}

bool split_glued(std::string_view text, std::size_t begin, std::size_t end, const Dialect& dialect, std::size_t columns,
                 std::size_t cells, Attempt& split) {
  split = Attempter(text.substr(0, end), true, dialect, Reading::glued, nowhere).run(begin);
  if (!split.whole || split.end != end || split.odd != 1 || split.cells.size() != columns) return false;
  if (cells != columns) return true;
  const Cell& quoted = split.cells[split.odd_column];
  const std::string_view inside = text.substr(quoted.begin, quoted.end - quoted.begin);
  const char before = quoted.begin < begin + 2 ? '\0' : text[quoted.begin - 2];
  return is_letter_byte(before) && !inside.empty() && inside.front() != dialect.delimiter &&
         inside.find(dialect.delimiter) != nowhere;
}

std::size_t unescape(char* text, std::size_t size, const Dialect& dialect) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const bool more = i + 1 < size;
    const bool doubled = more && text[i] == dialect.quote && text[i + 1] == dialect.quote;
    const bool escape = more && dialect.escape != '\0' && text[i] == dialect.escape &&
                        (text[i + 1] == dialect.quote || text[i + 1] == dialect.escape);
    if (doubled || escape) ++i;
    text[out++] = text[i];
  }
  return out;
}

}  // namespace seatlint::csv
