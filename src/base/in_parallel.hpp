// SPDX-License-Identifier: Apache-2.0
// One loop on all processors.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace seatlint {

/// At least one. Asked of the system once: it reads a file to know.
inline std::size_t processors() {
  static const std::size_t count = std::max(1u, std::thread::hardware_concurrency());
  return count;
}

/// Into how many parts `in_parallel` cuts so many items.
inline std::size_t part_count(std::size_t count, std::size_t fewest) {
  return std::clamp<std::size_t>(count / std::max<std::size_t>(fewest, 1), 1, processors());
}

/// Calls `work(first, last, part)` for consecutive parts of 0 .. count, each of at least `fewest` items and on a thread
/// of its own, and returns when all are done. Throws what the first part that failed threw.
template <typename Work>
void in_parallel(std::size_t count, std::size_t fewest, const Work& work) {
  const std::size_t parts = part_count(count, fewest);
  std::vector<std::exception_ptr> failed(parts);
  const auto run = [&](std::size_t part) {
    try {
      work(count * part / parts, count * (part + 1) / parts, part);
    } catch (...) {
      failed[part] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t part = 1; part < parts; ++part) others.emplace_back([&run, part] { run(part); });
    run(0);
  }
  for (const std::exception_ptr& error : failed)
    if (error) std::rethrow_exception(error);
}

/// The same piece by piece, `fewest` items each, as threads come free: for items that do not all take as long. A thread
/// does all its pieces as the same `part`.
template <typename Work>
void in_pieces(std::size_t count, std::size_t fewest, const Work& work) {
  std::atomic<std::size_t> next = 0;
  in_parallel(part_count(count, fewest), 1, [&](std::size_t, std::size_t, std::size_t part) {
    for (std::size_t first = 0; (first = next.fetch_add(fewest)) < count;)
      work(first, std::min(first + fewest, count), part);
  });
}

/// Whether `holds` says yes to all of 0 .. count.
template <typename Holds>
bool all_in_parallel(std::size_t count, std::size_t fewest, const Holds& holds) {
  std::atomic<bool> all = true;
  in_pieces(count, fewest, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last && all.load(std::memory_order_relaxed); ++i)
      if (!holds(i)) all.store(false, std::memory_order_relaxed);
  });
  return all;
}

/// Which of 0 .. count `asks` says yes to, in order.
template <typename Asks>
std::vector<std::size_t> those_in_parallel(std::size_t count, std::size_t fewest, const Asks& asks) {
  std::vector<std::vector<std::size_t>> by_part(part_count(count, fewest));
  in_parallel(count, fewest, [&](std::size_t first, std::size_t last, std::size_t part) {
    for (std::size_t i = first; i < last; ++i)
      if (asks(i)) by_part[part].push_back(i);
  });
  std::vector<std::size_t> all = std::move(by_part.front());
  for (std::size_t part = 1; part < by_part.size(); ++part)
    all.insert(all.end(), by_part[part].begin(), by_part[part].end());
  return all;
}

}  // namespace seatlint
