// SPDX-License-Identifier: Apache-2.0
// See large_pages.hpp.
#include "base/large_pages.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <cstring>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace seatlint {
namespace {

constexpr std::align_val_t line{64};  // of the cache

/// How many bytes after this place the next large page begins.
std::size_t to_large_page(const void* place) {
  return (LargePages::page - reinterpret_cast<std::uintptr_t>(place) % LargePages::page) % LargePages::page;
}

/// What was given back, page by page, once it is to be kept.
class FreedPages {
 public:
  void keep() {
    const std::lock_guard lock(one_at_a_time_);
    kept_ = true;
  }
  /// Takes the pages over, or says no.
  bool give_back(std::byte* first, std::size_t count) {
    const std::lock_guard lock(one_at_a_time_);
    for (std::size_t i = 0; kept_ && i < count; ++i) pages_.push_back(first + i * LargePages::page);
    return kept_;
  }
  /// nullptr: there is none.
  std::byte* take() {
    const std::lock_guard lock(one_at_a_time_);
    if (pages_.empty()) return nullptr;
    std::byte* const last = pages_.back();
    pages_.pop_back();
    return last;
  }

 private:
  std::mutex one_at_a_time_;
  bool kept_ = false;
  std::vector<std::byte*> pages_;
};

/// Never taken apart: somebody may give pages back until the program has ended.
FreedPages& freed_pages() {
  static auto& freed = *new FreedPages;
  return freed;
}

}  // namespace

void keep_freed_large_pages() { freed_pages().keep(); }

void wish_large_pages(void* first, std::size_t bytes) {
  const std::size_t skip = to_large_page(first);
  if (bytes < skip + LargePages::page) return;
#ifdef MADV_HUGEPAGE
  static_cast<void>(::madvise(static_cast<std::byte*>(first) + skip, bytes - skip, MADV_HUGEPAGE));
#endif
}

LargePages::LargePages(std::size_t bytes) : size_(bytes < page ? bytes : bytes + page) {
  if (bytes < page) {
    mapped_ = ::operator new(bytes, line);
    data_ = static_cast<std::byte*>(std::memset(mapped_, 0, bytes));
    return;
  }
  if (bytes == page && (data_ = freed_pages().take()) != nullptr) {
    mapped_ = std::memset(data_, 0, page);
    size_ = page;
    return;
  }
  mapped_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(mapped_) + to_large_page(mapped_);
  wish_large_pages(data_, bytes);
}

LargePages::~LargePages() {
  if (mapped_ == nullptr) return;
  if (size_ < page) {
    ::operator delete(mapped_, line);
    return;
  }
  // One more was mapped than was asked for, for the sake of alignment, unless this was given back before.
  const std::size_t whole = size_ / page - (size_ > page ? 1 : 0);
  if (freed_pages().give_back(data_, whole)) return;
  ::munmap(mapped_, size_);
}

LargePages::LargePages(LargePages&& other) noexcept { *this = std::move(other); }

LargePages& LargePages::operator=(LargePages&& other) noexcept {
  std::swap(mapped_, other.mapped_);
  std::swap(size_, other.size_);
  std::swap(data_, other.data_);
  return *this;
}

}  // namespace seatlint
