// SPDX-License-Identifier: Apache-2.0
// Writes until everything is written or something is wrong, and keeps the reason.
#include "cli/descriptor_buffer.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace seatlint::cli {

DescriptorBuffer::DescriptorBuffer(int descriptor) : descriptor_(descriptor) {
  setp(buffer_.get(), buffer_.get() + size_ - 1);
}

DescriptorBuffer::~DescriptorBuffer() { drain(); }

std::string DescriptorBuffer::describe(int failure) { return std::strerror(failure); }

void DescriptorBuffer::write_all(const char* from, const char* to) {
  while (from < to && failure_ == 0) {
    const ssize_t written = ::write(descriptor_, from, static_cast<std::size_t>(to - from));
    if (written < 0 && errno != EINTR) failure_ = errno;
    if (written > 0) from += written;
  }
}

bool DescriptorBuffer::drain() {
  write_all(pbase(), pptr());
  setp(buffer_.get(), buffer_.get() + size_ - 1);
  return failure_ == 0;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(c);
    pbump(1);
  }
  return drain() ? traits_type::not_eof(c) : traits_type::eof();
}

/// Long texts go out as they stand.
std::streamsize DescriptorBuffer::xsputn(const char* text, std::streamsize size) {
  if (static_cast<std::size_t>(size) < size_) return std::streambuf::xsputn(text, size);
  if (!drain()) return 0;
  write_all(text, text + size);
  return failure_ == 0 ? size : 0;
}

int DescriptorBuffer::sync() { return drain() ? 0 : -1; }

}  // namespace seatlint::cli
