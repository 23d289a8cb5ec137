// SPDX-License-Identifier: Apache-2.0
// How far a long reading has come: one line on a terminal's stderr, after a second, erased at the end.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

namespace seatlint {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// `total` in bytes; unset where it is not known before the end (compressed files, standard input). `columns` is the
  /// width of the terminal.
  Progress(std::ostream& err, std::string name, std::optional<std::uint64_t> total, int columns);
  ~Progress() { erase(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(std::uint64_t bytes) { at(bytes, Clock::now()); }
  void at(std::uint64_t bytes, Clock::time_point now);

 private:
  void erase();

  std::ostream& err_;
  std::string name_;
  std::optional<std::uint64_t> total_;
  std::size_t columns_;
  Clock::time_point begun_ = Clock::now(), shown_ = begun_;
  std::optional<std::pair<Clock::time_point, std::uint64_t>> first_;  ///< the first news: the rate counts from there
  bool visible_ = false;
};

/// `log.csv  37 %  412 MB/s  3 s left`, `rate` in bytes a second; without a total `log.csv  1.2 GB  412 MB/s`.
std::string progress_text(const std::string& name, std::uint64_t bytes, std::optional<std::uint64_t> total,
                          double rate);

}  // namespace seatlint
