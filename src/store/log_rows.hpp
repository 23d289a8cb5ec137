// SPDX-License-Identifier: Apache-2.0
// What logs say as the store keeps it, in blocks: for whoever reads many identities, looks for one, or changes some.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "store/log_block.hpp"
#include "store/stored_activity.hpp"

namespace seatlint {

/// The packed identities of one file (LogBlockReader), block by block in their order.
class LogBlockCursor {
 public:
  LogBlockCursor(const Database& db, std::int64_t file);
  /// Lives until the next call; nullopt: that was all.
  std::optional<std::string_view> next();

 private:
  CacheSize cache_;
  Statement block_;
};
/// Visits the identities of one file, ascending by part and actor, until `visit` returns false. What they say lives
/// until the visit ends.
void each_log_row(const Database& db, std::int64_t file,
                  const std::function<bool(const BlockKey&, const LogRow&)>& visit);

/// Finds single identities; others of their block are only stepped over.
class LogRowSearch {
 public:
  explicit LogRowSearch(const Database& db);
  /// Visits those at `first` and up to `reach` behind it.
  void find(const BlockKey& first, std::int64_t reach, const std::function<void(const LogRow&)>& visit);

 private:
  Statement blocks_;
};

/// The facts of an identity that are to stay; none: all of it goes.
using KeptFacts = std::function<std::string_view(const LogRow&)>;
/// Asks about every identity of the file, in order, and packs all that stays anew.
void edit_log_rows(const Database& db, std::int64_t file, const KeptFacts& kept);
/// The same with the one block that holds this identity, if there is one.
void edit_log_block(const Database& db, const BlockKey& holds, const KeptFacts& kept);

}  // namespace seatlint
