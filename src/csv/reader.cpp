// SPDX-License-Identifier: Apache-2.0
// The streaming reader of include/seatlint/csv.hpp: decoder, dialect and scanner put together, and everything odd
// that they meet turned into Problems with line and column.
#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "csv/clean_run.hpp"
#include "csv/dialect.hpp"
#include "csv/encoding.hpp"
#include "csv/header_lines.hpp"
#include "csv/record_scanner.hpp"
#include "csv/sniff.hpp"
#include "csv/window.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t sample_bytes = 1u << 20;
constexpr std::size_t block_bytes = 256u << 10, least_block = 64u << 10;
constexpr std::size_t record_slack = 4u << 20;  // beside the longest field, for the rest of its record

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view text) : text_(text) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t n = std::min(capacity, text_.size());
    std::copy_n(text_.data(), n, buffer);
    text_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view text_;
};

std::string says(const Stray& stray) {
  const bool one = stray.count == 1;
  switch (stray.oddity) {
    case Oddity::kept:
      break;
    case Oddity::blanks:
      return "blanks between a closing quote and what follows are dropped";
    case Oddity::no_comma:
      return "the delimiter beside a quoted field is missing: the field is split there";
  }
  return fmt::format("{} quote{} inside a field {} kept as {} stand{}", stray.count, one ? "" : "s", one ? "is" : "are",
                     one ? "it" : "they", one ? "s" : "");
}

}  // namespace

std::unique_ptr<ByteSource> memory_source(std::string_view text) { return std::make_unique<MemorySource>(text); }

struct Reader::State {
  State(ByteSource& source, std::string file, const Options& options)
      : name(std::move(file)), decoder(source, name, options), window(decoder, options.max_field_bytes + record_slack) {
    if (decoder.raw_sample().empty())
      throw Error(
          fmt::format("{} is empty: the export failed or is still being written; fetch it again", printable(name)));
    while (window.end() < sample_bytes && window.fill()) {
    }
    refuse_no_table(window.text().substr(0, 64u << 10), name);
    const DialectGuess guess = guess_dialect(window.text(), window.ended(), options);
    scanner.emplace(window, guess.dialect, guess.columns, options, name);
    scanner->skip(guess.preamble_bytes, guess.preamble_lines);
    describe(guess);
    blocks = can_be_clean(guess.dialect) && options.max_field_bytes >= 2 * block_bytes;
  }

  void describe(const DialectGuess& guess) {
    const Encoding& encoding = decoder.encoding();
    layout.encoding = encoding.name;
    layout.bom = encoding.bom_bytes > 0;
    layout.encoding_guessed = encoding.guessed;
    layout.dialect = guess.dialect;
    layout.line_end = guess.line_end;
    layout.columns = guess.columns;
    layout.preamble_lines = guess.preamble_lines;
    layout.preamble_doubtful = guess.preamble_doubtful;
    layout.header_records = guess.header_records;
    layout.reasons = guess.reasons;
    layout.reasons.insert(layout.reasons.begin(), encoding.reason);
  }

  void report(Problem::Kind kind, std::uint64_t line, std::uint32_t column, std::string says) const {
    if (handler) handler({kind, line, column, std::move(says)});
  }

  std::uint32_t column_at(std::size_t offset) const {
    std::uint32_t column = 1;
    for (const Cell& cell : scanner->cells())
      if (cell.end < offset) ++column;
    return std::min(column, static_cast<std::uint32_t>(std::max<std::size_t>(1, scanner->cells().size())));
  }

  // Line of the byte at `offset`, counted on from a place and line known before.
  std::uint64_t line_at(std::size_t offset, std::size_t from, std::uint64_t line) {
    const char* text = window.data();
    for (std::size_t i = from; i < offset; ++i)
      if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n')) ++line;
    return line;
  }

  void report_record() {
    for (const Stray& stray : scanner->strays())
      report(Problem::Kind::stray_quote, stray.line, stray.column, says(stray));
    if (scanner->unterminated_line() != 0)
      report(Problem::Kind::unterminated_quote, scanner->unterminated_line(),
             static_cast<std::uint32_t>(scanner->cells().size()),
             fmt::format("the file ends inside a quoted field that opened on line {}: it is cut or still being written",
                         scanner->unterminated_line()));
    report_flaws();
    if (!window.nul()) return;
    const char* from = window.data() + scanner->begin();
    const void* nul = std::memchr(from, 0, scanner->end() - scanner->begin());
    if (nul == nullptr) return;
    const std::size_t offset = static_cast<std::size_t>(static_cast<const char*>(nul) - window.data());
    report(Problem::Kind::nul_byte, line_at(offset, scanner->begin(), scanner->line()), column_at(offset),
           "a NUL byte is kept in the field");
  }

  void report_flaws() {
    std::deque<Flaw>& flaws = decoder.flaws();
    std::size_t known = scanner->begin();
    std::uint64_t line = scanner->line();
    while (!flaws.empty() && flaws.front().offset < window.base() + scanner->end()) {
      const std::uint64_t at = std::max(flaws.front().offset, window.base() + scanner->begin());
      const std::size_t offset = static_cast<std::size_t>(at - window.base());
      line = line_at(offset, known, line);
      known = offset;
      report(flaws.front().kind, line, column_at(offset), std::move(flaws.front().says));
      flaws.pop_front();
    }
    if (layout.encoding != decoder.encoding().name) {
      layout.encoding = decoder.encoding().name;
      layout.encoding_guessed = true;
    }
  }

  /// Blocks are cut where records end and something unclean comes; few clean records are not worth one.
  bool next_block(Block& block) {
    const std::size_t from = scanner->end();
    if (!blocks || header_is_next || layout.encoding_guessed || window.base() + from < unclean_until) return false;
    const std::size_t wanted = from + block_bytes;
    while (window.end() < wanted && window.fill()) {
    }
    std::size_t to = window.end();
    if (!decoder.flaws().empty())
      to = static_cast<std::size_t>(std::min<std::uint64_t>(to, decoder.flaws().front().offset - window.base()));
    const CleanRun run = clean_run(window.text().substr(from, to - from), layout.dialect);
    const bool cut = run.stopped || to < window.end();
    if (cut) unclean_until = window.base() + (run.stopped ? from + run.at : to) + 1;
    if (run.end == 0 || (run.end < least_block && !window.ended())) {
      if (!cut) unclean_until = window.base() + window.end();
      return false;
    }
    block.line = scanner->lines();
    block.lines = run.lines;
    window.give(block, from, from + run.end);
    scanner->restart(run.lines);
    return true;
  }

  bool next(Record& record) {
    const bool joined = header_is_next && layout.header_records > 1;
    header_is_next = false;
    return joined ? next_header(record) : next_record(record);
  }

  /// The first record, joined from those that make up the header.
  bool next_header(Record& record) {
    std::vector<std::vector<std::string>> lines;
    std::uint64_t first_line = 0;
    std::uint32_t blank_before = 0;
    while (lines.size() < layout.header_records && next_record(record)) {
      if (lines.empty()) first_line = record.line, blank_before = record.blank_before;
      lines.emplace_back(record.fields.begin(), record.fields.end());
    }
    header = joined_header(lines);
    record.fields.assign(header.begin(), header.end());
    record.line = first_line;
    record.blank_before = blank_before;
    return !lines.empty();
  }

  bool next_record(Record& record) {
    record.fields.clear();
    record.blank_before = 0;
    do {
      if (!scanner->next()) return false;
      report_record();
      if (scanner->blank()) ++record.blank_before;
    } while (scanner->blank());
    record.line = scanner->line();
    for (const Cell& cell : scanner->cells()) {
      char* text = window.data() + cell.begin;
      std::size_t size = cell.end - cell.begin;
      if (cell.escaped) size = unescape(text, size, layout.dialect);
      record.fields.emplace_back(text, size);
    }
    return true;
  }

  std::string name;
  bool blocks = false;              ///< may records of this dialect be given in blocks
  std::uint64_t unclean_until = 0;  ///< before this offset records must be read one by one
  Decoder decoder;
  Window window;
  std::optional<RecordScanner> scanner;
  Layout layout;
  bool header_is_next = true;
  std::vector<std::string> header;  ///< where it is joined
  std::function<void(const Problem&)> handler;
};

Reader::Reader(ByteSource& source, std::string name, Options options)
    : state_(std::make_unique<State>(source, std::move(name), options)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;

const Layout& Reader::layout() const { return state_->layout; }
bool Reader::next(Record& record) { return state_->next(record); }
bool Reader::next_block(Block& block) { return state_->next_block(block); }
void Reader::on_problem(std::function<void(const Problem&)> handler) { state_->handler = std::move(handler); }
std::uint64_t Reader::lines() const { return state_->scanner->lines(); }
std::uint64_t Reader::bytes() const { return state_->decoder.bytes(); }

}  // namespace seatlint::csv
