// SPDX-License-Identifier: Apache-2.0
// One thread makes, this one uses, in order and never far apart.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace seatlint {

/// Calls `use(*make())` again and again until `make` gives nullopt. `make` runs on another thread and is at most `lead`
/// results ahead. What either throws ends both and is thrown here, once all that was made before is used.
template <typename Make, typename Use>
void make_ahead(std::size_t lead, Make make, Use use) {
  using Made = typename decltype(make())::value_type;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Made> made;
  std::exception_ptr failed;
  bool stopped = false, ended = false;
  std::thread maker([&] {
    try {
      for (;;) {
        std::optional<Made> result = make();
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return stopped || made.size() < lead; });
        ended = !result;
        if (result) made.push_back(std::move(*result));
        changed.notify_all();
        if (stopped || ended) return;
      }
    } catch (...) {  // carried over to the other thread, where it is thrown again
      const std::lock_guard lock(mutex);
      failed = std::current_exception();
      changed.notify_all();
    }
  });
  struct Join {
    std::mutex& mutex;
    std::condition_variable& changed;
    bool& stopped;
    std::thread& thread;
    ~Join() {
      {
        const std::lock_guard lock(mutex);
        stopped = true;
      }
      changed.notify_all();
      thread.join();
    }
  } const join{mutex, changed, stopped, maker};
  for (;;) {
    std::optional<Made> next;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return !made.empty() || ended || failed != nullptr; });
      if (made.empty() && failed != nullptr) std::rethrow_exception(failed);
      if (made.empty()) return;
      next = std::move(made.front());
      made.pop_front();
      changed.notify_all();
    }
    use(*next);
  }
}

}  // namespace seatlint
