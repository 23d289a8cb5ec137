// SPDX-License-Identifier: Apache-2.0
// The accounts of snapshots as the store keeps them, in blocks: for whoever reads many of them, or changes some.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/selection.hpp"
#include "store/user_block.hpp"

namespace seatlint {

/// The packed rows of one file (UserBlockReader), some blocks at a time, in their order.
class UserBatches {
 public:
  UserBatches(const Database& db, std::int64_t file);
  /// The blocks with this number of `at_a_time`; none behind the last. Any thread may ask, for each number once.
  std::vector<std::string> take(std::size_t number);

 private:
  static constexpr std::size_t at_a_time = 16;

  CacheSize cache_;
  Statement block_;
  std::mutex one_at_a_time_;
  std::size_t read_ = 0;
  bool more_ = true;
  std::map<std::size_t, std::vector<std::string>> early_;  ///< read on the way to another

  std::vector<std::string> next();
};
/// Visits the rows of one file in the order of their lines, until `visit` returns false. Of the row only `parts`
/// (user_part) are filled; it lives until the visit ends.
void each_user_row(const Database& db, std::int64_t file, unsigned parts,
                   const std::function<bool(const UserRow&, std::uint64_t line)>& visit);
/// Those of the lines selected.
void each_selected_user_row(const Database& db, std::int64_t file, const Selection& only,
                            const std::function<void(const UserRow&, std::uint64_t line)>& visit);

enum class Edit { none, changed, removed };
/// Shows every row of every file, in their order, and writes the blocks anew in which one was changed or removed.
void edit_user_rows(const Database& db,
                    const std::function<Edit(std::int64_t file, std::uint64_t line, UserRow& row)>& edit);

}  // namespace seatlint
