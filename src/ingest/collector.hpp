// SPDX-License-Identifier: Apache-2.0
// Keeps the days of a log within a bounded memory and hands them on packed: in one part, or, where the log is larger
// than that, in several.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ingest/activity_rows.hpp"

namespace seatlint {

class ActivityCollector {
 public:
  /// `sink` may be null: then everything is counted and nothing kept. `memory` in bytes.
  ActivityCollector(FactSink* sink, std::size_t memory, std::size_t threads)
      : sink_(sink), memory_(memory), rows_(threads) {}

  /// Whether a day can be kept: 1970-01-01 to 2149-06-06.
  static bool keeps(Day day) { return day.days >= 0 && day.days <= 0xFFFF; }

  /// Throws Error where the file has more than 65,535 different actions.
  void add(const ActivityRow& row, std::uint64_t line);
  /// Writes a part where memory or line numbers demand it. Call it at least every 2^31 lines, when all rows before
  /// `line` were added and none behind, and at the same lines of the same file each time.
  void relieve(std::uint64_t line);
  /// Writes what is left. Action numbers of the blocks are indexes into the result.
  std::vector<ActionKey> finish();

  ActorTable& actors() { return *actors_; }
  ActionNumbers& actions() { return actions_; }
  DayRows& rows(std::size_t thread) { return rows_[thread]; }
  std::uint64_t base_line() const { return base_line_; }

 private:
  void write_part();

  FactSink* sink_;
  std::size_t memory_;
  std::unique_ptr<ActorTable> actors_ = std::make_unique<ActorTable>();
  ActionNumbers actions_;
  std::vector<DayRows> rows_;
  std::uint64_t base_line_ = 0;
  std::int64_t part_ = 0;
};

}  // namespace seatlint
