// SPDX-License-Identifier: Apache-2.0
#include "ingest/rows_ahead.hpp"

#include <system_error>

namespace seatlint {

RowsAhead::~RowsAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Decoded& RowsAhead::place() {
  Batch& batch = batches_[filling_];
  if (batch.used == batch.rows.size()) batch.rows.emplace_back();
  return batch.rows[batch.used].first;
}

void RowsAhead::add(std::uint64_t line) {
  Batch& batch = batches_[filling_];
  batch.rows[batch.used].second = line;
  if (++batch.used == batch_rows) submit();
}

FactSink& RowsAhead::drain() {
  if (batches_[filling_].used > 0) submit();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_ == 0 || failed_ != nullptr; });
  if (failed_ != nullptr) std::rethrow_exception(failed_);
  return sink_;
}

void RowsAhead::submit() {
  Batch& full = batches_[filling_];
  if (threaded_ && full.used == batch_rows && !thread_.joinable()) {
    try {
      thread_ = std::thread([this] { work(); });
    } catch (const std::system_error&) {  // no thread is to be had
      threaded_ = false;
    }
  }
  if (!thread_.joinable()) {
    pass_on(full);
    full.used = 0;
    return;
  }
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return waiting_ < batches || failed_ != nullptr; });
  if (failed_ != nullptr) std::rethrow_exception(failed_);
  filling_ = (filling_ + 1) % batches;
  batches_[filling_].used = 0;
}

void RowsAhead::pass_on(const Batch& batch) {
  for (std::size_t i = 0; i < batch.used; ++i) sink_.user(std::get<UserRow>(batch.rows[i].first), batch.rows[i].second);
}

void RowsAhead::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopped_ || waiting_ > 0; });
    if (stopped_) return;
    const Batch& next = batches_[passing_];
    lock.unlock();
    try {
      pass_on(next);
      lock.lock();
    } catch (...) {  // thrown again by the thread that adds
      lock.lock();
      failed_ = std::current_exception();
      changed_.notify_all();
      return;
    }
    passing_ = (passing_ + 1) % batches;
    --waiting_;
    changed_.notify_all();
  }
}

}  // namespace seatlint
