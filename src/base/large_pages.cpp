// SPDX-License-Identifier: Apache-2.0
// See large_pages.hpp.
#include "base/large_pages.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>
#include <utility>

namespace seatlint {
namespace {

/// How many bytes after this place the next large page begins.
std::size_t to_large_page(const void* place) {
  return (LargePages::page - reinterpret_cast<std::uintptr_t>(place) % LargePages::page) % LargePages::page;
}

}  // namespace

void wish_large_pages(void* first, std::size_t bytes) {
  const std::size_t skip = to_large_page(first);
  if (bytes < skip + LargePages::page) return;
#ifdef MADV_HUGEPAGE
  static_cast<void>(::madvise(static_cast<std::byte*>(first) + skip, bytes - skip, MADV_HUGEPAGE));
#endif
}

LargePages::LargePages(std::size_t bytes) : size_(bytes < page ? bytes : bytes + page) {
  mapped_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(mapped_);
  if (bytes < page) return;
  data_ += to_large_page(mapped_);
  wish_large_pages(data_, bytes);
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
