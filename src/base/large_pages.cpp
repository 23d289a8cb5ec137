// SPDX-License-Identifier: Apache-2.0
// See large_pages.hpp.
#include "base/large_pages.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>
#include <utility>

namespace seatlint {

LargePages::LargePages(std::size_t bytes) : size_(bytes < page ? bytes : bytes + page) {
  mapped_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(mapped_);
  if (bytes < page) return;
  data_ += (page - reinterpret_cast<std::uintptr_t>(mapped_) % page) % page;
#ifdef MADV_HUGEPAGE
  static_cast<void>(::madvise(data_, bytes, MADV_HUGEPAGE));  // a wish: small pages will do
#endif
}

LargePages::~LargePages() {
  if (mapped_ != nullptr) ::munmap(mapped_, size_);
}

LargePages::LargePages(LargePages&& other) noexcept { *this = std::move(other); }

LargePages& LargePages::operator=(LargePages&& other) noexcept {
  std::swap(mapped_, other.mapped_);
  std::swap(size_, other.size_);
  std::swap(data_, other.data_);
  return *this;
}

}  // namespace seatlint
