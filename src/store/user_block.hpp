// SPDX-License-Identifier: Apache-2.0
// The packed form in which the records of a snapshot are kept: some hundreds of them in one block, a column behind the
// other, each text once.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "seatlint/facts.hpp"

namespace seatlint {

/// Columns of a UserRow that are read together, as bits.
namespace user_part {
inline constexpr unsigned identity = 1,  ///< with the login as written
    person = 2,                          ///< name and manager
    position = 4,                        ///< title, department, cost center, environment
    holdings = 8,                        ///< state, products, products by group, license id
    rights = 16,                         ///< roles, class, profile
    days = 32,                           ///< created, last activity
    all = 63;
}  // namespace user_part

/// Numbers are LEB128. A block is the number of its rows, the bytes that the texts written out in it have in all, then
/// for each column its size in bytes and the bytes: none where no row has a value, else a value a row. The first column
/// has the line, each as a step from the one before. Enums are 0 for none, or one more than their number; days the same
/// of their zigzag distance from 2010-01-01. A text is 0 for none, or twice the number of texts to go back among those
/// that were written out before it in columns of its part, row by row; else it is written out: twice the size of its
/// middle and one, a byte that says how many bytes at its begin (high half) and end (low half) are those of the text
/// written out before it in this column, and its middle. A list is 0 for none, or one more than its length, and its
/// texts.
inline constexpr std::size_t user_columns = 24;

/// Packs rows as they come; not longer than some hundred rows, or as many as take some ten thousand bytes.
class UserBlockWriter {
 public:
  /// `line` ascending; throws Error where it is not.
  void add(const UserRow& row, std::uint64_t line);
  bool empty() const { return rows_ == 0; }
  /// Time to take the block.
  bool full() const { return rows_ >= most_rows || bytes_ >= most_bytes; }
  std::uint64_t first_line() const { return first_line_; }
  /// The block of all rows added; the view lives until the next row, which begins another. Not without a row.
  std::string_view take();

 private:
  class Columns;
  struct Place {
    std::size_t at = 0, size = 0;
  };
  /// The texts of one part that were written out. Beyond some hundreds they are not found again.
  class Texts {
   public:
    /// How many texts to go back; 0: new, and from now on the newest of them.
    std::size_t find_or_add(std::string_view text);
    std::string_view text(Place place) const { return std::string_view(kept_).substr(place.at, place.size); }
    std::size_t bytes() const { return kept_.size(); }
    void clear();

   private:
    static constexpr std::size_t slots = 2048, most = slots / 4 * 3;
    struct Known {
      std::uint64_t hash = 0;
      Place place;
    };
    std::array<std::uint16_t, slots> slots_{};  ///< one more than an index of known_
    std::vector<Known> known_;
    std::size_t count_ = 0;
    std::string kept_;
  };

  static constexpr std::size_t most_rows = 256, most_bytes = std::size_t{1} << 15;

  std::array<std::string, user_columns> columns_;
  std::array<Place, user_columns> newest_;  ///< text written out in each column
  std::array<Texts, 6> texts_;              ///< by part
  std::size_t rows_ = 0, bytes_ = 0;
  std::uint64_t first_line_ = 0, line_ = 0;
  std::string block_;
};

/// Walks over a block. Throws Error where it is damaged.
class UserBlockReader {
 public:
  /// The bytes must stay until the last row was read. `parts`: those that are read; others stay as they are in the row.
  explicit UserBlockReader(std::string_view block, unsigned parts = user_part::all);
  /// Texts of rows live as long as `memory`, not as long as this.
  UserBlockReader(std::string_view block, Arena& memory);
  UserBlockReader(const UserBlockReader&) = delete;
  UserBlockReader& operator=(const UserBlockReader&) = delete;
  /// False: there is no further row. Writes over all of the parts of `row`.
  bool next(UserRow& row, std::uint64_t& line) { return next_row(row, line); }
  /// Texts and lists of the row are overwritten by the next one; texts themselves live as long as this, at least.
  bool next(UserView& row, std::uint64_t& line) { return next_row(row, line); }

 private:
  class Columns;

  unsigned parts_;
  std::array<std::string_view, user_columns> columns_, newest_;  ///< what is left, and the text written out last
  std::array<bool, user_columns> present_{};
  std::unique_ptr<char[]> own_;
  char* unpacked_ = nullptr;  ///< room for all texts written out
  std::size_t unpacked_bytes_ = 0;
  std::array<std::vector<std::string_view>, 6> texts_;  ///< these by part
  std::uint64_t rows_left_ = 0, text_bytes_ = 0, line_ = 0;

  void open(std::string_view block);
  template <typename Row>
  bool next_row(Row& row, std::uint64_t& line);
};

}  // namespace seatlint
