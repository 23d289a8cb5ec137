// SPDX-License-Identifier: Apache-2.0
// Memory for large tables, of large pages where the system has them.
#pragma once

#include <cstddef>

namespace seatlint {

/// Asks the system for large pages in a range that is not yet written to: handing out each small one costs a trip into
/// the system, and each look at it a search for its place. A wish: small pages will do.
void wish_large_pages(void* first, std::size_t bytes);

/// From now on large pages that are given back stay with the process, for whoever asks next: the system takes longer to
/// hand out one than it takes to fill it.
void keep_freed_large_pages();

/// Zeroed bytes, of large pages where the system has them. Any thread may ask.
class LargePages {
 public:
  static constexpr std::size_t page = std::size_t{2} << 20;

  LargePages() = default;
  /// Throws std::bad_alloc.
  explicit LargePages(std::size_t bytes);
  ~LargePages();
  LargePages(LargePages&& other) noexcept;
  LargePages& operator=(LargePages&& other) noexcept;
  LargePages(const LargePages&) = delete;
  LargePages& operator=(const LargePages&) = delete;

  /// Aligned to a large page where it is at least one, else to 64 bytes.
  std::byte* data() const { return data_; }

 private:
  void* mapped_ = nullptr;
  std::size_t size_ = 0;
  std::byte* data_ = nullptr;
};

}  // namespace seatlint
