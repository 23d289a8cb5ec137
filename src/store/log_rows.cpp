// SPDX-License-Identifier: Apache-2.0
// See log_rows.hpp. SQLite hands out whole blocks; identities are made of them here.
#include "store/log_rows.hpp"

#include <optional>
#include <vector>

namespace seatlint {
namespace {

/// Writes into `left` what is to stay of a block. False: all of it.
bool edited(std::string_view block, const KeptFacts& kept, LogBlockWriter& left) {
  bool changed = false;
  LogRow row;
  for (LogBlockReader reader(block); reader.next(row);) {
    const std::string_view facts = kept(row);
    changed = changed || facts != row.facts;
    if (facts.empty()) continue;
    row.facts = facts;
    left.add(row);
  }
  return changed;
}

}  // namespace

void each_log_row(const Database& db, std::int64_t file,
                  const std::function<bool(const BlockKey&, const LogRow&)>& visit) {
  const CacheSize cache(db, 1024);
  Statement block = db.prepare("SELECT part, rows FROM activity_block WHERE file_id = ?1 ORDER BY part, actor");
  block.bind(1, file);
  LogRow row;
  while (block.step())
    for (LogBlockReader reader(block.blob_view(1)); reader.next(row);)
      if (!visit({file, block.integer(0), row.actor}, row)) return;
}

LogRowSearch::LogRowSearch(const Database& db)
    : blocks_(db.prepare("SELECT rows FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor <= ?4 AND actor "
                         ">= ifnull((SELECT max(actor) FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor "
                         "<= ?3), ?3) ORDER BY actor")) {}

void LogRowSearch::find(const BlockKey& first, std::int64_t reach, const std::function<void(const LogRow&)>& visit) {
  const std::int64_t last = first.actor > INT64_MAX - reach ? INT64_MAX : first.actor + reach;
  blocks_.bind(1, first.file).bind(2, first.part).bind(3, first.actor).bind(4, last);
  LogRow row;
  while (blocks_.step())
    for (LogBlockReader reader(blocks_.blob_view(0)); reader.next(row) && row.actor <= last;)
      if (row.actor >= first.actor) visit(row);
  blocks_.reset();
}

void edit_log_block(const Database& db, const BlockKey& holds, const KeptFacts& kept) {
  Statement block = db.prepare(
      "SELECT actor, rows FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor <= ?3 ORDER BY actor DESC "
      "LIMIT 1");
  if (!block.bind(1, holds.file).bind(2, holds.part).bind(3, holds.actor).step()) return;
  LogBlockWriter left;
  if (!edited(block.blob_view(1), kept, left)) return;
  const std::int64_t actor = block.integer(0);
  block.reset();
  db.prepare("DELETE FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor = ?3")
      .bind(1, holds.file)
      .bind(2, holds.part)
      .bind(3, actor)
      .run();
  if (left.empty()) return;
  db.prepare("INSERT INTO activity_block VALUES (?1, ?2, ?3, ?4)")
      .bind(1, holds.file)
      .bind(2, holds.part)
      .bind(3, left.first_actor())
      .bind_blob_view(4, left.block())
      .run();
}

void edit_log_rows(const Database& db, std::int64_t file, const KeptFacts& kept) {
  Statement key = db.prepare("SELECT part, actor FROM activity_block WHERE file_id = ?1 ORDER BY part, actor");
  key.bind(1, file);
  std::vector<BlockKey> blocks;
  while (key.step()) blocks.push_back({file, key.integer(0), key.integer(1)});
  for (const BlockKey& block : blocks) edit_log_block(db, block, kept);
}

}  // namespace seatlint
