// SPDX-License-Identifier: Apache-2.0
// See survey.hpp. A quote counts as opening after any possible delimiter, and a field whose quote never closes
// properly is read as if the quote were a letter, so one stray quote does not swallow the sample.
#include "csv/survey.hpp"

#include <algorithm>

namespace seatlint::csv {
namespace {

constexpr std::size_t most_records = 20'000;
constexpr std::size_t longest_quoted = 64u << 10;

constexpr std::size_t none = std::string_view::npos;

std::array<std::int8_t, 256> delimiter_slots() {
  std::array<std::int8_t, 256> slots{};
  slots.fill(-1);
  for (std::size_t k = 0; k < delimiters.size(); ++k)
    slots[static_cast<unsigned char>(delimiters[k])] = static_cast<std::int8_t>(k);
  return slots;
}

class Surveyor {
 public:
  Surveyor(std::string_view sample, bool complete, char quote) : text_(sample), complete_(complete), quote_(quote) {}

  Survey run() {
    std::size_t i = 0;
    current_.begin = 0;
    while (i < text_.size() && result_.records.size() < most_records) i = step(i);
    if (i >= text_.size() && complete_) finish(text_.size());
    // A record that the sample cuts off counts only where there is nothing else.
    if (result_.records.empty() && current_.begin < text_.size()) finish(text_.size());
    return std::move(result_);
  }

 private:
  int slot(std::size_t i) const { return slots_[static_cast<unsigned char>(text_[i])]; }

  std::size_t step(std::size_t i) {
    const char c = text_[i];
    if (c == quote_ && quote_ != '\0' && opens(i)) {
      const std::size_t end = close_of(i);
      if (end != none) return shelter(i, end);
      ++result_.broken;
      return i + 1;
    }
    if (c == '\n' || c == '\r') {
      finish(i);
      const bool pair = c == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
      ++(pair ? result_.crlf : c == '\n' ? result_.lf : result_.cr);
      ++line_;
      current_.begin = i + (pair ? 2 : 1);
      return current_.begin;
    }
    if (const int k = slot(i); k >= 0) {
      std::uint16_t& count = current_.counts[static_cast<std::size_t>(k)];
      if (count < 0xFFFF) ++count;
    }
    return i + 1;
  }

  bool opens(std::size_t i) const {
    if (i == current_.begin) return true;
    return slot(i - 1) >= 0;
  }

  bool closes(std::size_t after) const {
    if (after >= text_.size()) return true;
    const char c = text_[after];
    return c == '\n' || c == '\r' || slot(after) >= 0;
  }

  // A blank or a colon delimits too rarely to decide what a backslash means.
  bool surely_closes(std::size_t after) const {
    return closes(after) && (after >= text_.size() || (text_[after] != ' ' && text_[after] != ':'));
  }

  // Offset of the closing quote of the field that opens at `open`; none where it breaks or does not end.
  std::size_t close_of(std::size_t open) {
    const std::size_t limit = std::min(text_.size(), open + longest_quoted);
    std::size_t doubled = 0, backslashed = 0, apostrophes = 0;
    bool plain_backslash = false;
    const auto close_at = [&](std::size_t i) {
      result_.doubled += doubled;
      result_.backslashed += backslashed;
      result_.apostrophes += apostrophes;
      return i;
    };
    for (std::size_t i = text_.find(quote_, open + 1); i < limit; i = text_.find(quote_, i + 1)) {
      const bool backslash = text_[i - 1] == '\\' && i - 1 > open;
      if (i + 1 < text_.size() && text_[i + 1] == quote_) {
        if (backslash && !plain_backslash && surely_closes(i + 2)) {
          ++backslashed;
          return close_at(i + 1);
        }
        // `\""` and the field goes on: if the backslash escaped, the second quote would have closed it.
        plain_backslash = plain_backslash || backslash;
        ++doubled;
        ++i;
      } else if (backslash && !surely_closes(i + 1)) {
        ++backslashed;
      } else if (quote_ == '\'' && !surely_closes(i + 1)) {
        ++apostrophes;
      } else {
        return closes(i + 1) ? close_at(i) : none;
      }
    }
    return none;
  }

  std::size_t shelter(std::size_t open, std::size_t close) {
    ++result_.quoted;
    bool sheltering = false;
    for (std::size_t i = open + 1; i < close; ++i) {
      const char c = text_[i];
      if (c == '\n' || (c == '\r' && text_[i + 1] != '\n')) ++line_;
      sheltering = sheltering || c == '\n' || c == '\r' || (slot(i) >= 0 && c != ' ' && c != ':');
    }
    if (sheltering) ++result_.sheltering;
    return close + 1;
  }

  void finish(std::size_t end) {
    current_.end = end;
    if (end == current_.begin) {
      if (end < text_.size()) ++current_.blank_before;
    } else {
      current_.line = begin_line_;
      result_.records.push_back(current_);
      current_.blank_before = 0;
    }
    current_.counts.fill(0);
    begin_line_ = line_ + 1;
  }

  std::string_view text_;
  bool complete_;
  char quote_;
  std::array<std::int8_t, 256> slots_ = delimiter_slots();
  SurveyedRecord current_;
  std::uint32_t line_ = 1, begin_line_ = 1;
  Survey result_;
};

}  // namespace

Survey survey(std::string_view sample, bool complete, char quote) { return Surveyor(sample, complete, quote).run(); }

}  // namespace seatlint::csv
