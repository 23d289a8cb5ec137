// SPDX-License-Identifier: Apache-2.0
// A stream buffer over a file descriptor that remembers why writing failed: the standard ones forget.
#pragma once

#include <cstddef>
#include <memory>
#include <streambuf>
#include <string>

namespace seatlint::cli {

class DescriptorBuffer : public std::streambuf {
 public:
  /// The descriptor stays the caller's.
  explicit DescriptorBuffer(int descriptor);
  ~DescriptorBuffer() override;
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;

  /// The errno of the first failed write; 0 while all is well.
  int failure() const { return failure_; }
  static std::string describe(int failure);

 protected:
  int_type overflow(int_type c) override;
  int sync() override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;

 private:
  bool drain();
  void write_all(const char* from, const char* to);
  int descriptor_;
  int failure_ = 0;
  static constexpr std::size_t size_ = std::size_t{1} << 16;
  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(size_);
};

}  // namespace seatlint::cli
