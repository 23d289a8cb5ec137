// SPDX-License-Identifier: Apache-2.0
// Tells a file that was cut off from one that ends.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "seatlint/csv.hpp"

namespace seatlint {

/// Remembers the last byte that went through: a file that ends inside a record ends in no line end.
class EndWatch : public csv::ByteSource {
 public:
  explicit EndWatch(std::unique_ptr<csv::ByteSource> source) : source_(std::move(source)) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t size = source_->read(buffer, capacity);
    // The second byte of a two-byte line end may be zero.
    if (size > 1 && buffer[size - 1] == '\0') {
      line_end_ = buffer[size - 2] == '\n' || buffer[size - 2] == '\r';
    } else if (size > 0) {
      line_end_ = buffer[size - 1] == '\n' || buffer[size - 1] == '\r';
    }
    return size;
  }
  bool at_line_end() const { return line_end_; }

 private:
  std::unique_ptr<csv::ByteSource> source_;
  bool line_end_ = true;
};

}  // namespace seatlint
