// SPDX-License-Identifier: Apache-2.0
// Where packed forms are put together: many small pieces a second, none of which is worth a call.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace seatlint {

class ByteBuffer {
 public:
  /// Room for so many bytes behind all that were put before. Put some there, then say where they end.
  char* room(std::size_t most) {
    if (bytes_.size() - size_ < most) bytes_.resize(std::max(2 * bytes_.size(), size_ + most));
    return bytes_.data() + size_;
  }
  void end_at(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.data()); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Until more is put.
  std::string_view view() const { return {bytes_.data(), size_}; }
  /// Keeps the memory.
  void clear() { size_ = 0; }

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

}  // namespace seatlint
