// SPDX-License-Identifier: Apache-2.0
// What to make of a record whose quoting breaks the grammar: tries the few ways such records come about and takes the
// one that gives the record the table's number of columns. Everything it returns is reported by the reader.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

/// A field as offsets into a buffer, quotes around it left out.
struct Cell {
  std::uint32_t begin = 0, end = 0;
  bool quoted = false;
  bool escaped = false;  ///< holds doubled quotes or escapes still to be resolved
};

/// How far behind a broken quote a repair looks.
constexpr std::size_t repair_lookahead = 64u << 10;

/// What is odd about the quotes of a record, and was made of it.
enum class Oddity {
  kept,      ///< quotes inside a field are kept as they stand
  blanks,    ///< blanks between a closing quote and the delimiter are dropped
  no_comma,  ///< the delimiter before or behind a quoted field is lost: split there
};

struct Attempt {
  std::vector<Cell> cells;
  std::size_t end = 0;           ///< behind the line end
  std::uint32_t lines = 0;       ///< line ends passed, the last included
  std::uint32_t odd = 0;         ///< how many oddities
  std::uint32_t odd_column = 0;  ///< field of the first
  Oddity oddity = Oddity::kept;  ///< the gravest
  bool whole = false;            ///< the record ended before the limit
};

/// The best reading of the record at `text[begin]`, whose quoted field that opens at `open` breaks the grammar.
/// `complete` says that `text` ends with the input; `columns` is what the table has, 0 where that is unknown.
/// `whole` is false where no reading ends within `text`.
Attempt repair_record(std::string_view text, std::size_t begin, std::size_t open, bool complete, const Dialect& dialect,
                      std::size_t columns);

/// Whether a file that ends inside the quoted field opened at `open` merely has a stray quote there: read as a letter,
/// the record and the lines behind it (two or more) fit the table.
bool is_stray_opening(std::string_view text, std::size_t begin, std::size_t open, const Dialect& dialect,
                      std::size_t columns, Attempt& literal);

/// Whether nothing but a line end follows the quote opened at `open`: an empty last field with a quote too many.
bool is_lone_quote(std::string_view text, std::size_t open);

/// A record in which the delimiter before a quoted field is lost (`12,boots"size 4, red",x`): split there, if that
/// makes it fit. `end` is where the record ends as read so far, with `cells`; where those fit as well, the quoted text
/// must begin behind a letter and hold a delimiter.
bool split_glued(std::string_view text, std::size_t begin, std::size_t end, const Dialect& dialect, std::size_t columns,
                 std::size_t cells, Attempt& split);

/// Resolves doubled quotes and escapes in place; returns the new length.
std::size_t unescape(char* text, std::size_t size, const Dialect& dialect);

}  // namespace seatlint::csv
