// SPDX-License-Identifier: Apache-2.0
// Rows of a snapshot to a sink that works on a thread of its own, while the next rows are decoded.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "seatlint/facts.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {

class RowsAhead {
 public:
  /// `sink` is called by one thread at a time, in the order of `add`: first by the caller's, from the second batch on
  /// by another, and after `drain` the caller may use it again. Without another thread to be had the caller's does it
  /// all.
  RowsAhead(FactSink& sink, bool threaded) : sink_(sink), threaded_(threaded) {}
  /// Ends the other thread; what it had not passed on is lost.
  ~RowsAhead();
  RowsAhead(const RowsAhead&) = delete;
  RowsAhead& operator=(const RowsAhead&) = delete;

  /// Where the next row may be decoded to; it holds one that was passed on before, for its memory. Until `add`.
  Decoded& place();
  /// Takes the row of a user that stands there. Throws what the sink threw.
  void add(std::uint64_t line);
  /// The sink, once all is passed on. Throws what the sink threw.
  FactSink& drain();

 private:
  static constexpr std::size_t batch_rows = 1024, batches = 4;
  /// Rows stay where they are and are written over, so that their memory is used again.
  struct Batch {
    std::vector<std::pair<Decoded, std::uint64_t>> rows;
    std::size_t used = 0;
  };

  void submit();
  void pass_on(const Batch& batch);
  void work();

  FactSink& sink_;
  bool threaded_;
  std::array<Batch, batches> batches_;
  std::size_t filling_ = 0;                ///< which batch; only of the caller's thread
  std::size_t waiting_ = 0, passing_ = 0;  ///< how many wait, and which of them is next
  bool stopped_ = false;
  std::exception_ptr failed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace seatlint
