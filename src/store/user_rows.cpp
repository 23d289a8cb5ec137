// SPDX-License-Identifier: Apache-2.0
// See user_rows.hpp. SQLite hands out whole blocks; rows are made of them here.
#include "store/user_rows.hpp"

#include <algorithm>
#include <utility>

namespace seatlint {
namespace {

/// Gives the blocks of a file a step.
Statement blocks_of(const Database& db, std::int64_t file) {
  Statement block = db.prepare("SELECT rows FROM user_block WHERE file_id = ?1 ORDER BY first_line");
  block.bind(1, file);
  return block;
}

}  // namespace

UserBatches::UserBatches(const Database& db, std::int64_t file) : cache_(db, 1024), block_(blocks_of(db, file)) {}

std::vector<std::string> UserBatches::take(std::size_t number) {
  const std::lock_guard lock(one_at_a_time_);
  for (; read_ < number; ++read_) early_.emplace(read_, next());
  if (read_ == number) return ++read_, next();
  return std::move(early_.extract(number).mapped());
}

std::vector<std::string> UserBatches::next() {
  std::vector<std::string> batch;
  while (more_ && batch.size() < at_a_time)
    if (more_ = block_.step(); more_) batch.emplace_back(block_.blob_view(0));
  return batch;
}

void each_user_row(const Database& db, std::int64_t file, unsigned parts,
                   const std::function<bool(const UserRow&, std::uint64_t)>& visit) {
  const CacheSize cache(db, 1024);
  Statement block = blocks_of(db, file);
  UserRow row;
  std::uint64_t line = 0;
  while (block.step())
    for (UserBlockReader reader(block.blob_view(0), parts); reader.next(row, line);)
      if (!visit(row, line)) return;
}

void each_selected_user_row(const Database& db, std::int64_t file, const Selection& only,
                            const std::function<void(const UserRow&, std::uint64_t)>& visit) {
  const auto selected = only.lines.find(file);
  if (selected == only.lines.end()) return;
  std::vector<std::uint64_t> lines = selected->second;
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  Statement block = db.prepare(
      "SELECT rows FROM user_block WHERE file_id = ?1 AND first_line <= ?2 ORDER BY first_line DESC LIMIT 1");
  UserRow row;
  for (auto wanted = lines.begin(); wanted != lines.end();) {
    block.bind(1, file).bind(2, static_cast<std::int64_t>(*wanted));
    if (!block.step()) {
      ++wanted;
    } else {
      const auto asked = wanted;
      UserBlockReader reader(block.blob_view(0));
      for (std::uint64_t line = 0; wanted != lines.end() && reader.next(row, line);) {
        while (wanted != lines.end() && *wanted < line) ++wanted;  // in no row
        if (wanted == lines.end() || *wanted != line) continue;
        visit(row, line);
        ++wanted;
      }
      if (wanted == asked) ++wanted;  // behind the last row of the block
    }
    block.reset();
  }
}

namespace {

/// What is left of a block; the view lives as long as `left`. nullopt: all of it.
std::optional<std::string_view> edited(std::string_view block, UserBlockWriter& left,
                                       const std::function<Edit(std::uint64_t, UserRow&)>& edit) {
  bool changed = false;
  UserRow row;
  std::uint64_t line = 0;
  for (UserBlockReader reader(block); reader.next(row, line);) {
    const Edit done = edit(line, row);
    changed = changed || done != Edit::none;
    if (done != Edit::removed) left.add(row, line);
  }
  if (!changed) return std::nullopt;
  return left.empty() ? std::string_view() : left.take();
}

}  // namespace

void edit_user_rows(const Database& db, const std::function<Edit(std::int64_t, std::uint64_t, UserRow&)>& edit) {
  Statement keys = db.prepare("SELECT file_id, first_line FROM user_block ORDER BY file_id, first_line");
  std::vector<std::pair<std::int64_t, std::int64_t>> blocks;
  while (keys.step()) blocks.emplace_back(keys.integer(0), keys.integer(1));
  Statement block = db.prepare("SELECT rows FROM user_block WHERE file_id = ?1 AND first_line = ?2");
  Statement remove = db.prepare("DELETE FROM user_block WHERE file_id = ?1 AND first_line = ?2");
  Statement insert = db.prepare("INSERT INTO user_block VALUES (?1, ?2, ?3)");
  for (const auto& [file, first_line] : blocks) {
    block.bind(1, file).bind(2, first_line).step();
    UserBlockWriter left;
    const auto bytes = edited(block.blob_view(0), left,
                              [&, of = file](std::uint64_t line, UserRow& row) { return edit(of, line, row); });
    block.reset();
    if (!bytes) continue;
    remove.bind(1, file).bind(2, first_line).run();
    if (bytes->empty()) continue;
    insert.bind(1, file).bind(2, static_cast<std::int64_t>(left.first_line())).bind_blob_view(3, *bytes).run();
  }
}

}  // namespace seatlint
