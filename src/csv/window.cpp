// SPDX-License-Identifier: Apache-2.0
// See window.hpp. realloc is used on purpose: it moves large blocks by remapping, so growing never holds two copies.
#include "csv/window.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace seatlint::csv {
namespace {
// Read at once: what is hashed and checked next is then still in the nearest caches.
constexpr std::size_t fill_step = 64u << 10;
constexpr std::size_t behind = 64;  // readable behind the text, so that vectors may read past its end
}  // namespace

void Block::Free::operator()(char* bytes) const { std::free(bytes); }

void Window::reserve(std::size_t capacity) {
  void* grown = std::realloc(data_.get(), capacity + behind);
  if (grown == nullptr) throw std::bad_alloc();
  static_cast<void>(data_.release());
  data_.reset(static_cast<char*>(grown));
  capacity_ = capacity;
}

void Window::discard(std::size_t from) {
  if (from == 0) return;
  std::memmove(data_.get(), data_.get() + from, end_ - from);
  end_ -= from;
  base_ += from;
}

void Window::give(Block& given, std::size_t begin, std::size_t end) {
  const std::size_t left = end_ - end;
  data_.swap(given.memory);
  std::swap(capacity_, given.capacity);
  if (capacity_ < left) reserve(std::max(left, given.capacity));
  if (left > 0) std::memcpy(data_.get(), given.memory.get() + end, left);
  given.begin = begin;
  given.end = end;
  end_ = left;
  base_ += end;
}

bool Window::fill() {
  if (ended_) return false;
  if (capacity_ - end_ < fill_step) {
    const std::size_t wanted = std::min(std::max(capacity_ * 2, fill_step * 2), std::max(limit_, fill_step * 2));
    if (wanted > capacity_) reserve(wanted);
  }
  const std::size_t room = std::min(capacity_ - end_, fill_step);
  if (room < 64) return false;
  const std::size_t got = decoder_.read(data_.get() + end_, room);
  if (got == 0) ended_ = true;
  end_ += got;
  return got != 0;
}

}  // namespace seatlint::csv
