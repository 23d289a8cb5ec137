// SPDX-License-Identifier: Apache-2.0
// See dialect.hpp. Every choice starts from RFC 4180 and leaves it only on evidence, which it states.
#include "csv/dialect.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "csv/header_lines.hpp"
#include "csv/preamble.hpp"
#include "csv/survey.hpp"

namespace seatlint::csv {
namespace {

struct Spread {
  std::size_t mode = 0;         // the most frequent number of this delimiter in a record, where it is there at all
  double share = 0;             // of the records that have just so many
  bool from_the_start = false;  // the first record that looks like a header has so many
};

Spread spread_of(const Survey& s, std::size_t slot) {
  std::map<std::size_t, std::size_t> seen;
  for (const SurveyedRecord& record : s.records) ++seen[record.counts[slot]];
  Spread spread;
  std::size_t best = 0;
  for (const auto& [count, records] : seen)
    if (count > 0 && records >= best) best = records, spread.mode = count;
  if (s.records.empty() || spread.mode == 0) return spread;
  spread.share = static_cast<double>(best) / static_cast<double>(s.records.size());
  // Titles above the table have none of it; what has some is the header.
  for (const SurveyedRecord& record : s.records)
    if (record.counts[slot] > 0) {
      spread.from_the_start = record.counts[slot] == spread.mode && &record - s.records.data() <= 20;
      break;
    }
  return spread;
}

// Comma, semicolon, tab and pipe are common; the rest also occurs in plain text and needs a faultless table.
bool is_common(char c) {
  return c == ',' || c == ';' || c == '\t' || c == '|' || c == '\x1F' || c == '\x1E' || c == '\x01';
}

double score_of(const Survey& s, std::size_t slot) {
  const Spread spread = spread_of(s, slot);
  if (spread.mode == 0) return 0;
  const bool header_has_it = s.records.front().counts[slot] > 0;
  if (!is_common(delimiters[slot])) {
    const bool textual = delimiters[slot] == ' ' || delimiters[slot] == ':';
    if (!header_has_it || spread.share < 0.95 || s.records.size() < 3 || (textual && spread.mode < 2)) return 0;
  }
  const double many = static_cast<double>(spread.mode) / (static_cast<double>(spread.mode) + 0.2);
  return spread.share * many * (spread.from_the_start ? 1.0 : 0.6) * (header_has_it ? 1.0 : 0.8) *
         (is_common(delimiters[slot]) ? 1.0 : 0.7);
}

// Rows cut at blanks of which some stand inside cells as well: no record has fewer than the header, and there are
// quoted cells between blanks in nearly every row.
bool blanks_separate(const Survey& s) {
  const std::size_t slot = delimiters.find(' ');
  const std::uint16_t names = s.records.front().counts[slot];
  return names >= 2 && s.records.size() >= 3 && s.quoted + 1 >= s.records.size() &&
         std::all_of(s.records.begin(), s.records.end(),
                     [&](const SurveyedRecord& record) { return record.counts[slot] >= names; });
}

char choose_delimiter(const Survey& s, std::vector<std::string>& reasons) {
  std::size_t chosen = 0;
  double best = 0;
  for (std::size_t k = 0; k < delimiters.size(); ++k) {
    const double score = score_of(s, k);
    // A comma that is there at all yields only to a delimiter that makes a table.
    if (score > best + 1e-9 && (k == 0 || best == 0 || score >= 0.4)) best = score, chosen = k;
  }
  if (best == 0 && blanks_separate(s)) {
    reasons.push_back("delimiter blank: quoted cells stand between blanks");
    return ' ';
  }
  if (best == 0) {
    reasons.push_back("delimiter: none seen, one column");
    return ',';
  }
  const Spread spread = spread_of(s, chosen);
  const char c = delimiters[chosen];
  const std::string shown = c == '\t' ? "tab" : c == ' ' ? "blank" : printable(std::string(1, c));
  reasons.push_back(fmt::format("delimiter {}: {} columns in {:.0f}% of {} records", shown, spread.mode + 1,
                                spread.share * 100, s.records.size()));
  return c;
}

std::size_t count_of(const SurveyedRecord& record, std::string_view text, char delimiter) {
  const std::size_t slot = delimiters.find(delimiter);
  if (slot != std::string_view::npos) return record.counts[slot];
  const std::string_view row = text.substr(record.begin, record.end - record.begin);
  return static_cast<std::size_t>(std::count(row.begin(), row.end(), delimiter));
}

// Blanks after delimiters are layout only where every delimiter has one and quotes come behind them.
bool blanks_are_layout(const Survey& s, std::string_view text, const Dialect& d) {
  std::size_t all = 0, blank = 0, quoted = 0, direct = 0;
  for (const SurveyedRecord& record : s.records) {
    if (record.begin > (64u << 10)) break;
    bool inside = false;
    for (std::size_t i = record.begin; i < record.end; ++i) {
      if (text[i] == d.quote) inside = !inside;
      if (inside || text[i] != d.delimiter || i + 1 >= record.end) continue;
      ++all;
      if (text[i + 1] == ' ') ++blank;
      if (text[i + 1] == d.quote) ++direct;
      if (text[i + 1] == ' ' && i + 2 < record.end && text[i + 2] == d.quote) ++quoted;
    }
  }
  return d.quote != '\0' && d.delimiter != ' ' && quoted > 0 && direct == 0 && blank * 20 >= all * 19;
}

std::string line_end_of(const Survey& s) {
  const std::size_t all = s.lf + s.crlf + s.cr;
  if (all == s.lf) return "lf";
  if (all == s.crlf) return "crlf";
  return all == s.cr ? "cr" : "mixed";
}

// Whether some common delimiter cuts every record into equally many cells.
bool is_even(const Survey& s) {
  for (std::size_t k = 0; k < delimiters.size(); ++k) {
    const auto count = s.records.empty() ? std::uint16_t{0} : s.records.front().counts[k];
    if (count > 0 && is_common(delimiters[k]) &&
        std::all_of(s.records.begin(), s.records.end(), [&](const SurveyedRecord& r) { return r.counts[k] == count; }))
      return true;
  }
  return false;
}

// Single quotes are quotes only where double quotes are not and nearly every field that opens with one closes. A lone
// one must be seen to make the whole table even.
Survey choose_quote(std::string_view text, bool complete, const Options& options, DialectGuess& guess) {
  guess.dialect.quote = options.quote.value_or('"');
  Survey plain = survey(text, complete, guess.dialect.quote);
  if (options.quote || plain.quoted > 0 || text.find('\'') == std::string_view::npos) return plain;
  Survey single = survey(text, complete, '\'');
  if (single.sheltering == 0 || single.broken * 10 > single.quoted) return plain;
  const bool evens_out = is_even(single) && (single.records.size() == 1 || !is_even(plain));
  if (single.quoted < 2 && !(complete && evens_out)) return plain;
  guess.dialect.quote = '\'';
  guess.reasons.push_back(
      fmt::format("quote ': {} field{} open and close with it", single.quoted, single.quoted == 1 ? "" : "s"));
  return single;
}

void find_columns(const Survey& s, std::string_view text, DialectGuess& guess) {
  std::map<std::size_t, std::size_t> seen;
  for (const SurveyedRecord& record : s.records) ++seen[count_of(record, text, guess.dialect.delimiter) + 1];
  std::size_t best = 0, width = 0;
  for (const auto& [columns, records] : seen)
    if (records >= best) best = records, width = columns;
  if (best * 2 >= s.records.size()) guess.columns = width;
}

}  // namespace

DialectGuess guess_dialect(std::string_view sample, bool complete, const Options& options) {
  DialectGuess guess;
  const Declared declared = declared_lines(sample);
  guess.preamble_lines = declared.lines;
  guess.preamble_bytes = declared.bytes;
  if (!declared.reason.empty()) guess.reasons.push_back(declared.reason);
  if (options.skip_rows > guess.preamble_lines) {
    guess.preamble_bytes = bytes_of_lines(sample, options.skip_rows);
    guess.preamble_lines = options.skip_rows;
  }
  const std::string_view text = sample.substr(guess.preamble_bytes);
  const Survey s = choose_quote(text, complete, options, guess);
  guess.line_end = line_end_of(s);
  if (options.delimiter) {
    guess.dialect.delimiter = *options.delimiter;
    guess.reasons.push_back("delimiter: as told");
  } else if (declared.delimiter) {
    guess.dialect.delimiter = *declared.delimiter;
  } else if (!s.records.empty()) {
    guess.dialect.delimiter = choose_delimiter(s, guess.reasons);
  }
  if (s.backslashed > s.apostrophes && s.backslashed * 2 >= s.doubled) {
    guess.dialect.escape = '\\';
    guess.reasons.push_back(fmt::format("escape \\: {} quotes inside quoted fields follow one", s.backslashed));
  }
  if (blanks_are_layout(s, text, guess.dialect)) {
    guess.dialect.skip_blank = true;
    guess.reasons.push_back("blanks after delimiters: layout, as quotes come behind them");
  }
  find_columns(s, text, guess);
  if (options.skip_rows > 0) return guess;
  std::vector<std::size_t> widths;
  for (const SurveyedRecord& record : s.records) widths.push_back(count_of(record, text, guess.dialect.delimiter) + 1);
  const Top top(s, widths, text, guess.dialect);
  const std::size_t titles = title_records(top);
  if (titles > 0) {
    guess.preamble_bytes += s.records[titles].begin;
    guess.preamble_lines += s.records[titles].line - 1;
    guess.preamble_doubtful = could_be_data(top, titles);
    guess.reasons.push_back(fmt::format("preamble: {} line{} above the table skipped", guess.preamble_lines,
                                        guess.preamble_lines == 1 ? "" : "s"));
  }
  if (options.join_header && titles < s.records.size()) guess.header_records = header_records(top, titles);
  if (guess.header_records > 1)
    guess.reasons.push_back(fmt::format("header: {} lines joined into one", guess.header_records));
  return guess;
}

}  // namespace seatlint::csv
