// SPDX-License-Identifier: Apache-2.0
// The rows of a log's clean blocks, read by several threads: each cell that was met before is understood by a look
// into a table. What such a look can't tell is left to the general decoder, row by row.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "csv/block_rows.hpp"
#include "ingest/cell_key.hpp"
#include "ingest/collector.hpp"
#include "profile/day_reader.hpp"
#include "seatlint/profile.hpp"

namespace seatlint {

/// What the action cells of rows say, with a number of its own.
struct KnownAction {
  std::uint32_t number = 0;
  std::uint16_t handle = 0;              ///< of ActionNumbers; only where rows of it are stored
  bool skipped = false, stored = false;  ///< neither: such rows failed
  bool covers = false;                   ///< whether their day counts as covered
  std::string cells;
  ActionMeaning meaning;
};

/// What the threads share. Everything here but `actors` waits for a lock.
class LogPlan {
 public:
  static constexpr std::size_t most_actions = 60'000;

  /// Rows with as many fields as `fields`; `keeps` false: they are counted only.
  LogPlan(Decoder& rows, ActivityCollector& days, const ActivityColumns& mapped, const csv::Dialect& written,
          std::size_t fields, bool keeps);

  /// nullptr: such rows must go through the decoder one by one.
  const KnownAction* action(std::string_view cells, std::string_view row);
  /// Unset: likewise.
  std::optional<ActorTable::Found> actor(std::uint64_t hash, std::string_view cells, std::string_view row);
  const KnownAction& action(std::uint32_t number) const { return actions_[number]; }
  std::size_t action_count() const { return actions_.size(); }

  Decoder& decoder;
  ActivityCollector& collector;
  const ActivityColumns columns;
  const csv::Dialect dialect;
  const std::size_t width;
  const bool keep;

 private:
  csv::Record record_of(std::string_view row);

  std::mutex lock_;
  std::deque<KnownAction> actions_;
  std::unordered_map<std::string, const KnownAction*> by_cells_;
  std::string store_;
};

/// What a block held.
struct BlockTally {
  struct Rows {
    std::uint64_t all = 0, of_nobody = 0;
  };
  struct SlowRow {
    std::size_t begin = 0, end = 0;  ///< in the block
    std::uint64_t line = 0;
  };
  struct SeenDay {
    std::uint64_t line = 0;
    Day day;
  };
  std::uint64_t rows = 0;
  std::vector<Rows> by_action;  ///< by KnownAction::number
  std::vector<SlowRow> slow;    ///< in order
  std::optional<DayRange> days;
  SeenDay first, last;  ///< of the rows that cover a day
};

class LogWorker {
 public:
  LogWorker(LogPlan& plan, std::size_t thread);

  void read(const csv::Block& block, BlockTally& tally);
  bool guessed_zone() const { return days_.guessed_zone(); }

 private:
  struct Pending {
    std::string_view time, action_cells, actor_cells;
    std::size_t begin = 0, end = 0;  ///< in the block
    std::uint64_t line = 0;
    Day day;
    const KnownAction* action = nullptr;  ///< none: the row is for the decoder
    CellKey actor;
    std::uint64_t hash = 0;  ///< of the actor
    std::uint32_t candidate = ActorTable::nobody;
    ActorTable::Found found;
  };
  struct Slot {
    std::uint64_t hash = 0;
    const KnownAction* action = nullptr;
  };
  struct alignas(64) Frequent {
    CellKey key;
    const KnownAction* action = nullptr;
  };

  void add(const csv::BlockRows& rows);
  static std::string_view cells(const csv::BlockRows& rows, const std::vector<std::size_t>& columns,
                                std::string& joined);
  void settle(const csv::Block& block, BlockTally& tally);
  void understand(Pending& row, std::string_view text);
  bool read_day(Pending& row);
  const KnownAction* action(std::string_view cells, std::string_view row);
  const KnownAction* known_action(std::string_view cells, std::uint64_t hash, std::string_view row);
  void find(Pending& row, std::string_view text);
  void count(const Pending& row, BlockTally& tally);

  LogPlan& plan_;
  DayRows& rows_;
  profile::DayReader days_;
  std::array<Pending, 64> pending_;
  std::array<std::string, 64> joined_actions_, joined_actors_;
  std::size_t waiting_ = 0;
  std::array<Frequent, 128> frequent_;  ///< by the sketch of their cells
  std::vector<Slot> actions_;
  std::size_t known_actions_ = 0;
};

}  // namespace seatlint
