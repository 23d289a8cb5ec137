// SPDX-License-Identifier: Apache-2.0
// See log_rows.hpp. SQLite hands out whole blocks; identities are made of them here.
#include "store/log_rows.hpp"

#include <string>
#include <vector>

namespace seatlint {
namespace {

/// Packs what is to stay of these blocks of a file, ascending, into as few as may be.
void pack_again(const Database& db, const std::vector<BlockKey>& blocks, const KeptFacts& kept) {
  Statement read = db.prepare("SELECT rows FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor = ?3");
  Statement remove = db.prepare("DELETE FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor = ?3");
  Statement insert = db.prepare("INSERT INTO activity_block VALUES (?1, ?2, ?3, ?4)");
  LogBlockWriter left;
  const auto write = [&](const BlockKey& of) {
    if (left.empty()) return;
    // Blocks still to come begin behind all that was read: none has this key.
    insert.bind(1, of.file).bind(2, of.part).bind(3, left.first_actor()).bind_blob_view(4, left.block()).run();
    left.clear();
  };
  std::string bytes;
  LogRow row;
  for (auto block = blocks.begin(); block != blocks.end(); ++block) {
    if (block != blocks.begin() && block->part != block[-1].part) write(block[-1]);
    bytes = read.bind(1, block->file).bind(2, block->part).bind(3, block->actor).step() ? read.blob_view(0) : "";
    read.reset();
    remove.bind(1, block->file).bind(2, block->part).bind(3, block->actor).run();
    for (LogBlockReader reader(bytes); reader.next(row);) {
      row.facts = kept(row);
      if (row.facts.empty()) continue;
      if (left.full()) write(*block);
      left.add(row);
    }
  }
  if (!blocks.empty()) write(blocks.back());
}

}  // namespace

LogBlockCursor::LogBlockCursor(const Database& db, std::int64_t file)
    : cache_(db, 1024), block_(db.prepare("SELECT rows FROM activity_block WHERE file_id = ?1 ORDER BY part, actor")) {
  block_.bind(1, file);
}

std::optional<std::string_view> LogBlockCursor::next() {
  return block_.step() ? std::optional(block_.blob_view(0)) : std::nullopt;
}

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

void edit_log_rows(const Database& db, std::int64_t file, const KeptFacts& kept) {
  Statement key = db.prepare("SELECT part, actor FROM activity_block WHERE file_id = ?1 ORDER BY part, actor");
  key.bind(1, file);
  std::vector<BlockKey> blocks;
  while (key.step()) blocks.push_back({file, key.integer(0), key.integer(1)});
  pack_again(db, blocks, kept);
}

void edit_log_block(const Database& db, const BlockKey& holds, const KeptFacts& kept) {
  Statement key = db.prepare("SELECT max(actor) FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor <= ?3");
  key.bind(1, holds.file).bind(2, holds.part).bind(3, holds.actor);
  if (!key.step() || key.is_null(0)) return;
  const std::int64_t actor = key.integer(0);
  key.reset();
  pack_again(db, {{holds.file, holds.part, actor}}, kept);
}

}  // namespace seatlint
