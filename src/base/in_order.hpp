// SPDX-License-Identifier: Apache-2.0
// Two threads make, one of them uses, in order and never far apart.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace seatlint {

/// Makes `make(0, thread)` .. `make(count - 1, thread)`, some of them on another thread (1) and some on this one (0),
/// and calls `use` with each, in order, on this one, until it says false where it says anything. At most `lead` wait to
/// be used. Throws what any of them throws.
template <typename Make, typename Use>
void make_in_order(std::size_t count, std::size_t lead, const Make& make, const Use& use) {
  using Made = decltype(make(std::size_t{}, 0u));
  const auto goes_on = [&](Made& one) {
    if constexpr (std::is_void_v<decltype(use(one))>) {
      use(one);
      return true;
    } else {
      return use(one);
    }
  };
  if (count <= 1) {
    if (count == 0) return;
    Made only = make(std::size_t{0}, 0u);
    static_cast<void>(goes_on(only));
    return;
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::optional<Made>> made(lead);  // by number modulo `lead`
  std::exception_ptr failed;
  std::size_t next = 0, used = 0;
  bool stopped = false;
  const auto is_free = [&] { return next < std::min(count, used + lead); };
  const auto make_next = [&](std::unique_lock<std::mutex>& lock, unsigned thread) {
    const std::size_t number = next++;
    lock.unlock();
    std::optional<Made> result(make(number, thread));
    lock.lock();
    made[number % lead].emplace(*std::move(result));
    changed.notify_all();
  };
  const auto help = [&] {
    std::unique_lock lock(mutex);
    try {
      for (;;) {
        changed.wait(lock, [&] { return stopped || next == count || is_free(); });
        if (stopped || next == count) return;
        make_next(lock, 1);
      }
    } catch (...) {  // carried over to the other thread, where it is thrown again
      if (!lock.owns_lock()) lock.lock();
      failed = std::current_exception();
      changed.notify_all();
    }
  };
  struct Helper {
    std::mutex& mutex;
    std::condition_variable& changed;
    bool& stopped;
    std::thread thread;
    ~Helper() {
      {
        const std::lock_guard lock(mutex);
        stopped = true;
      }
      changed.notify_all();
      if (thread.joinable()) thread.join();
    }
  } helper{mutex, changed, stopped, {}};
  try {
    helper.thread = std::thread(help);
  } catch (const std::system_error&) {  // no thread is to be had: this one does it all
  }
  std::unique_lock lock(mutex);
  while (used < count) {
    std::optional<Made>& slot = made[used % lead];
    if (slot) {
      std::optional<Made> wanted = std::exchange(slot, std::nullopt);
      lock.unlock();
      if (!goes_on(*wanted)) return;
      lock.lock();
      ++used;
      changed.notify_all();
    } else if (failed != nullptr) {
      std::rethrow_exception(failed);
    } else if (is_free()) {
      make_next(lock, 0);
    } else {
      changed.wait(lock);
    }
  }
}

}  // namespace seatlint
