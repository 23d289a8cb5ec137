// SPDX-License-Identifier: Apache-2.0
// The part of the decoded text that is in memory: grows only for a record longer than itself.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "csv/encoding.hpp"

namespace seatlint::csv {

class Window {
 public:
  /// `limit` bounds the memory; `decoder` must outlive the window.
  Window(Decoder& decoder, std::size_t limit) : decoder_(decoder), limit_(limit) {}

  char* data() { return data_.get(); }
  std::size_t end() const { return end_; }
  bool ended() const { return ended_; }
  bool full() const { return !ended_ && capacity_ - end_ < 64 && capacity_ >= limit_; }
  /// Offset in the decoded text of `data()[0]`.
  std::uint64_t base() const { return base_; }
  /// Whether a NUL byte was met so far.
  bool nul() const { return decoder_.nul(); }
  std::string_view text() const { return {data_.get(), end_}; }

  /// Drops the bytes before `from`; offsets shrink by as much.
  void discard(std::size_t from);
  /// Reads a step more; false at the end of the input or when full.
  bool fill();
  /// Gives the bytes `begin` to `end` away with the memory they stand in, and goes on behind them in that of `block`.
  void give(Block& block, std::size_t begin, std::size_t end);

 private:
  void reserve(std::size_t capacity);

  Decoder& decoder_;
  std::size_t limit_;
  std::unique_ptr<char, Block::Free> data_;
  std::size_t capacity_ = 0, end_ = 0;
  std::uint64_t base_ = 0;
  bool ended_ = false;
};

}  // namespace seatlint::csv
