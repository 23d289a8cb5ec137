// SPDX-License-Identifier: Apache-2.0
// Blocks of a log to workers and back in order. The thread that reads works on blocks, too, while it would wait.
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "ingest/log_worker.hpp"

namespace seatlint {

class LogPipeline {
 public:
  using Use = std::function<void(const csv::Block&, BlockTally&)>;

  /// `use` is called in the order of the blocks, on the thread that calls `submit` and `drain`.
  LogPipeline(LogPlan& plan, std::size_t threads, Use use);
  ~LogPipeline();
  LogPipeline(const LogPipeline&) = delete;
  LogPipeline& operator=(const LogPipeline&) = delete;

  /// To be filled, then submitted.
  csv::Block& next() { return jobs_[(first_ + count_) % jobs_.size()].block; }
  void submit();
  /// Until nothing is under way.
  void drain();

  bool guessed_zone() const;

 private:
  struct Job {
    csv::Block block;
    BlockTally tally;
    std::exception_ptr failed;
    bool done = false;
  };

  void work(LogWorker& worker);
  bool help();
  void use_first();

  std::array<Job, 8> jobs_;
  std::size_t first_ = 0, count_ = 0;  ///< under way: from the oldest on
  std::deque<std::size_t> waiting_;    ///< not begun
  Use use_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::vector<std::unique_ptr<LogWorker>> workers_;  ///< the first is this thread's
  std::vector<std::thread> threads_;
};

}  // namespace seatlint
