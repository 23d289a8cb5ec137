// SPDX-License-Identifier: Apache-2.0
// Finds the rows of a file in which a name may stand, without reading the others.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "seatlint/facts.hpp"
#include "store/database.hpp"

namespace seatlint {

/// A record of an account or of HR (its line; part 0), or a block of activity (part and actor).
struct NamedRow {
  std::int64_t part = 0, number = 0;
  auto operator<=>(const NamedRow&) const = default;
};

/// Turns the names of one file's rows into the rows of its index.
///
/// Entries are ordered by hash (32 bits, over the folded name), then row. Each is three numbers as LEB128: the hash as
/// a step from the one before, or in a row of the index from `first`; part; number. A row of the index holds as many as
/// take no page of their own; entries of one hash stand in one row.
class NameIndexBuilder {
 public:
  /// Run, smallest hash, entries: see the table.
  using Sink = std::function<void(std::int64_t, std::int64_t, std::string_view)>;
  /// `run_entries`: how many are kept in memory at most, 32 bytes each.
  explicit NameIndexBuilder(Sink sink, std::size_t run_entries = std::size_t{1} << 18)
      : sink_(std::move(sink)), run_entries_(run_entries) {}

  /// Ignores an empty name. Hands out a run where many have come.
  void add(std::string_view name, NamedRow row);
  void add_user(const Identity& who, std::uint64_t line);
  void add_actor(std::string_view id, std::string_view login, std::string_view email, NamedRow at);
  void finish();

 private:
  struct Entry {
    std::uint32_t hash = 0, part = 0;
    std::int64_t number = 0;
    auto operator<=>(const Entry&) const = default;
  };
  /// Those of one hash stay in the order in which they came.
  void sort_by_hash();

  Sink sink_;
  std::size_t run_entries_;
  std::int64_t run_ = 0;
  std::vector<Entry> entries_, sorted_;
  std::string folded_, bytes_;
};

/// Writes the index of a file that has none.
NameIndexBuilder::Sink into_index(const Database& db, std::int64_t file);

/// Visits, in ascending order within a run, rows that may bear the folded `name`; few that do not are among them.
void each_row_named(const Database& db, std::int64_t file, std::string_view name,
                    const std::function<void(const NamedRow&)>& visit);

/// Writes the index of every file anew, from its rows. Needs a write transaction.
void index_all_names(const Database& db);

/// Names of files whose index is not what their rows give.
std::vector<std::string> wrongly_indexed_files(const Database& db);

}  // namespace seatlint
