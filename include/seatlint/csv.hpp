// SPDX-License-Identifier: Apache-2.0
// Bytes in, records out: what the csv room promises the rooms to its right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/base.hpp"

namespace seatlint::csv {

/// Where bytes come from. `read` returns 0 at the end and throws Error when it can't go on.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::size_t read(char* buffer, std::size_t capacity) = 0;
};

/// The bytes of `text`, which must outlive the source.
std::unique_ptr<ByteSource> memory_source(std::string_view text);

/// How the file is written. `'\0'` means "none".
struct Dialect {
  char delimiter = ',';
  char quote = '"';
  char escape = '\0';       ///< '\\' where a backslash escapes a quote; doubled quotes always count
  bool skip_blank = false;  ///< a blank after a delimiter belongs to no field (`a, "b, c"`)
  bool operator==(const Dialect&) const = default;
};

/// What the caller knows better than any guess. Everything unset is found out.
struct Options {
  std::optional<std::string> encoding;  ///< a name iconv knows, e.g. "windows-1252"
  std::optional<char> delimiter;
  std::optional<char> quote;    ///< '\0' for no quoting at all
  std::uint64_t skip_rows = 0;  ///< physical lines before the header
  std::size_t max_field_bytes = 12u << 20;
  std::size_t max_columns = 100'000;
  /// A quote that never closes is a Problem and ends the last record, instead of an Error.
  bool keep_unterminated = false;
  bool join_header = true;  ///< a header of several lines becomes one record; else each line is one
};

/// What was chosen and why, said by `inspect`.
struct Layout {
  std::string encoding = "utf-8";  ///< lower-case; "utf-8", "utf-16le", "windows-1252", ...
  bool bom = false;
  bool encoding_guessed = false;  ///< a single-byte code page was guessed
  Dialect dialect;
  std::string line_end = "lf";       ///< "lf", "crlf", "cr", "mixed"
  std::size_t columns = 0;           ///< what most records of the sample have; 0 where they do not agree
  std::uint64_t preamble_lines = 0;  ///< physical lines skipped before the first record (`sep=`, `#TYPE`, titles)
  bool preamble_doubtful = false;    ///< some of them have more than one cell: they may be more than titles
  std::size_t header_records = 1;    ///< how many records of the file the first record given is joined from
  std::vector<std::string> reasons;  ///< one short sentence a choice
};

/// One record. The views live until the next call of `next`.
struct Record {
  std::vector<std::string_view> fields;  ///< decoded to UTF-8, unquoted
  std::uint64_t line = 0;                ///< physical line, from 1, on which it starts
  std::uint32_t blank_before = 0;        ///< blank lines since the record before
};

/// Whole records as they stand in the text, decoded to UTF-8, all of them clean: every quote opens, doubles or closes
/// a field, lines end in LF or CRLF, none is blank. Owns its memory, so that another thread may take it apart.
struct Block {
  struct Free {
    void operator()(char* bytes) const;
  };
  std::unique_ptr<char, Free> memory;
  std::size_t capacity = 0;
  std::size_t begin = 0, end = 0;  ///< offsets into `memory`, which is readable for 64 bytes behind `end`
  std::uint64_t line = 0;          ///< physical line, from 1, of the first record
  std::uint64_t lines = 0;
  std::string_view text() const { return {memory.get() + begin, end - begin}; }
};

/// Something in the data that had to be guessed at or repaired.
struct Problem {
  enum class Kind {
    stray_quote,         ///< odd quotes: kept as they stand, or taken for a field whose delimiter is lost
    unterminated_quote,  ///< a quote that never closes: the input is cut or broken
    nul_byte,
    invalid_encoding,  ///< bytes that mean nothing in the encoding: given as U+FFFD
    mixed_encoding,    ///< the encoding changes in the middle of the file
    field_too_long,
    too_many_columns,
    second_table,  ///< another table begins: its records are not given
  };
  Kind kind;
  std::uint64_t line = 0;    ///< physical line from 1; for unterminated_quote the line where the quote opened
  std::uint32_t column = 0;  ///< field number from 1
  std::string says;
};

/// Streaming reader: memory is bounded by the buffer and the longest record, time is linear in bytes.
/// Blank lines are no records. Ragged records are given as they are: the caller knows the header.
/// The first record is the header where the file has one.
class Reader {
 public:
  /// Reads a bounded sample to choose encoding and dialect. Throws Error for what is no text
  /// (an image, a workbook, an archive, an empty file), naming what it is and what to do.
  /// `name` is for messages only. `source` must outlive the reader.
  Reader(ByteSource& source, std::string name, Options options);
  ~Reader();
  Reader(Reader&&) noexcept;

  const Layout& layout() const;
  /// False at the end. A hard limit or an unterminated quote throws Error (kind try_again for the latter:
  /// the file may still be being written), naming the line where the quote opened.
  bool next(Record& record);
  /// The next records as one block, where they are many and clean; false where the next of them must be asked for by
  /// `next`. Reading by either gives the same records. `block` gives its memory back and gets another.
  bool next_block(Block& block);
  /// Called for each problem as it is met; repeated kinds included.
  void on_problem(std::function<void(const Problem&)> handler);
  /// Physical lines begun so far, and bytes consumed from the source.
  std::uint64_t lines() const;
  std::uint64_t bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One CSV to read: a file, standard input (`-`), or one member of a zip archive.
struct Input {
  std::string path;
  std::string member;  ///< name inside the zip archive, else empty
  bool operator==(const Input&) const = default;
};
/// How messages and evidence name it: `exports.zip/users.csv`, `users.csv`, `standard input`.
std::string to_string(const Input& input);

/// What a compressed input may cost before it is refused as a bomb.
struct ContainerLimits {
  std::uint64_t max_bytes = 64ull << 30;  ///< really produced, a file
  std::uint64_t max_ratio = 250;          ///< produced to stored bytes, beyond the first 64 MiB; logs reach 50
  std::uint64_t max_entries = 10'000;     ///< of an archive
};

/// The inputs a path stands for, sorted by name: itself, or each CSV inside a `.zip`. Throws Error for a missing
/// file, a directory, an empty file and for what is no text, naming what it is and what to do. `others` gets the names
/// of the files inside a `.zip` that are none; hidden ones are nobody's exports.
std::vector<Input> inputs_of(const std::string& path, const ContainerLimits& limits = {},
                             std::vector<std::string>* others = nullptr);

/// Opens it for reading; `.gz` is recognized by its first bytes and inflated while reading. Where `digest` is given
/// it is fed the bytes as stored (of a zip member: its uncompressed bytes) and must outlive the source.
std::unique_ptr<ByteSource> open_input(const Input& input, Sha256* digest = nullptr,
                                       const ContainerLimits& limits = {});
/// The same for a path that stands for one input only.
std::unique_ptr<ByteSource> open_file(const std::string& path, Sha256* digest = nullptr);
/// Passes bytes through and feeds each to `digest`.
std::unique_ptr<ByteSource> digesting_source(std::unique_ptr<ByteSource> source, Sha256& digest);

/// What `print_rows_json` saw.
struct RowsResult {
  std::uint64_t rows = 0;
  std::uint64_t problem_count = 0;
  std::vector<Problem> problems;   ///< the first hundred
  bool guessed_encoding = false;   ///< a single-byte code page was guessed
  bool doubtful_preamble = false;  ///< lines above the table that may be more than titles were left out
  bool joined_header = false;      ///< the header stands in several lines
  /// Whether anything in the data had to be guessed at or repaired.
  bool doubtful() const { return guessed_encoding || doubtful_preamble || joined_header || problem_count != 0; }
};
/// Every record of the first table as a JSON array of strings, one a line, header first. Build the reader with
/// `keep_unterminated`, so that a quote that never closes does not lose what was read. Throws Error when `out` fails.
RowsResult print_rows_json(Reader& reader, std::ostream& out);

}  // namespace seatlint::csv
