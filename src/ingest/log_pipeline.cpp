// SPDX-License-Identifier: Apache-2.0
// See log_pipeline.hpp.
#include "ingest/log_pipeline.hpp"

#include <algorithm>
#include <exception>

namespace seatlint {

LogPipeline::LogPipeline(LogPlan& plan, std::size_t threads, Use use) : use_(std::move(use)) {
  for (std::size_t i = 0; i < threads; ++i) workers_.push_back(std::make_unique<LogWorker>(plan, i));
  threads_.reserve(threads);
  try {
    for (std::size_t i = 1; i < threads; ++i) threads_.emplace_back([this, i] { work(*workers_[i]); });
  } catch (const std::exception&) {  // no more threads are to be had: those that are there do the work
  }
}

LogPipeline::~LogPipeline() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void LogPipeline::work(LogWorker& worker) {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopped_ || !waiting_.empty(); });
    if (stopped_) return;
    Job& job = jobs_[waiting_.front()];
    waiting_.pop_front();
    lock.unlock();
    try {
      worker.read(job.block, job.tally);
    } catch (...) {  // thrown again by the thread that uses the block
      job.failed = std::current_exception();
    }
    lock.lock();
    job.done = true;
    changed_.notify_all();
  }
}

/// Works on a block that nobody has begun; false where there is none.
bool LogPipeline::help() {
  std::size_t at;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return false;
    at = waiting_.front();
    waiting_.pop_front();
  }
  workers_.front()->read(jobs_[at].block, jobs_[at].tally);
  const std::lock_guard lock(mutex_);
  jobs_[at].done = true;
  return true;
}

void LogPipeline::submit() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back((first_ + count_) % jobs_.size());
    ++count_;
  }
  changed_.notify_one();
  // Half of the blocks ahead keeps everybody busy; more would only fill the caches.
  while (count_ >= jobs_.size() / 2) use_first();
}

void LogPipeline::drain() {
  while (count_ > 0) use_first();
}

void LogPipeline::use_first() {
  Job& job = jobs_[first_];
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (job.done) break;
    }
    if (help()) continue;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return job.done || !waiting_.empty(); });
  }
  if (job.failed) std::rethrow_exception(job.failed);
  use_(job.block, job.tally);
  job.tally = {};
  job.done = false;
  first_ = (first_ + 1) % jobs_.size();
  --count_;
}

bool LogPipeline::guessed_zone() const {
  return std::any_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->guessed_zone(); });
}

}  // namespace seatlint
