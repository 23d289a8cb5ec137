// SPDX-License-Identifier: Apache-2.0
// See name_index.hpp. Blobs stay below a quarter of a page, so that none of them needs a page of its own.
#include "store/name_index.hpp"

#include <algorithm>
#include <memory>

#include "store/sweep.hpp"
#include "store/text_list.hpp"

namespace seatlint {
namespace {

constexpr std::size_t entry_bytes = 16, usual_entries = 60;

std::uint32_t name_hash(std::string_view folded) { return static_cast<std::uint32_t>(hash64(folded) >> 32u); }

void put(std::string& bytes, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i));
}

std::uint64_t get(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

/// Where names stand: a table, the two columns that say which row, and the columns with one name each; `list` has
/// several.
struct Source {
  std::string_view table, row, columns;
  int names;
  bool list;
};
constexpr Source sources[] = {{"user_row", "0, line", "id, login, email, federation_id, hr_id, aliases", 5, true},
                              {"person_row", "0, line", "email, login, hr_id", 3, false},
                              {"activity_block", "part, actor", "id, login, email", 3, false}};

void read_names(const Database& db, std::int64_t file, NameIndexBuilder& index) {
  for (const Source& source : sources)
    sweep(db, std::string(source.row) + ", " + std::string(source.columns), std::string(source.table), file,
          [&](const SweptRow& row) {
            const NamedRow at{row.integer(0), row.integer(1)};
            for (int i = 0; i < source.names; ++i) index.add(row.bytes(2 + i), at);
            if (!source.list) return;
            for (const std::string& name : texts_of(row.bytes(2 + source.names))) index.add(name, at);
          });
  index.finish();
}

bool is_indexed_as_read(const Database& db, std::int64_t file) {
  Statement stored = db.prepare("SELECT run, first, entries FROM name_index WHERE file_id = ?1 ORDER BY run, first");
  stored.bind(1, file);
  bool same = true;
  NameIndexBuilder index([&](std::int64_t run, std::int64_t first, std::string_view entries) {
    same = same && stored.step() && stored.integer(0) == run && stored.integer(1) == first &&
           stored.blob_view(2) == entries;
  });
  read_names(db, file, index);
  return same && !stored.step();
}

}  // namespace

void NameIndexBuilder::add(std::string_view name, NamedRow row) {
  if (name.empty()) return;
  entries_.push_back({name_hash(fold_case(name)), row});
  if (entries_.size() == run_entries_) finish();
}

void NameIndexBuilder::finish() {
  if (entries_.empty()) return;
  std::sort(entries_.begin(), entries_.end());
  entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
  std::string bytes;
  for (std::size_t from = 0, to = 0; from < entries_.size(); from = to) {
    bytes.clear();
    for (to = from; to < entries_.size(); ++to) {
      const Entry& entry = entries_[to];
      if (to - from >= usual_entries && entry.hash != entries_[to - 1].hash) break;
      put(bytes, entry.hash, 4);
      put(bytes, static_cast<std::uint64_t>(entry.row.part), 4);
      put(bytes, static_cast<std::uint64_t>(entry.row.number), 8);
    }
    sink_(run_, entries_[from].hash, bytes);
  }
  entries_.clear();
  ++run_;
}

NameIndexBuilder::Sink into_index(const Database& db, std::int64_t file) {
  const auto insert = std::make_shared<Statement>(db.prepare("INSERT INTO name_index VALUES (?1, ?2, ?3, ?4)"));
  return [insert, file](std::int64_t run, std::int64_t first, std::string_view entries) {
    insert->bind(1, file).bind(2, run).bind(3, first).bind_blob_view(4, entries).run();
  };
}

void each_row_named(const Database& db, std::int64_t file, std::string_view name,
                    const std::function<void(const NamedRow&)>& visit) {
  const std::uint32_t hash = name_hash(name);
  Statement newest_run = db.prepare("SELECT max(run) FROM name_index WHERE file_id = ?1");
  newest_run.bind(1, file);
  if (!newest_run.step() || newest_run.is_null(0)) return;
  Statement row = db.prepare(
      "SELECT entries FROM name_index WHERE file_id = ?1 AND run = ?2 AND first <= ?3 ORDER BY first DESC LIMIT 1");
  for (std::int64_t run = 0; run <= newest_run.integer(0); ++run) {
    row.bind(1, file).bind(2, run).bind(3, std::int64_t{hash});
    if (row.step()) {
      const std::string_view entries = row.blob_view(0);
      for (std::size_t at = 0; at + entry_bytes <= entries.size(); at += entry_bytes)
        if (get(entries, at, 4) == hash)
          visit(
              {static_cast<std::int64_t>(get(entries, at + 4, 4)), static_cast<std::int64_t>(get(entries, at + 8, 8))});
    }
    row.reset();
  }
}

void index_all_names(const Database& db) {
  db.execute("DELETE FROM name_index");
  Statement file = db.prepare("SELECT id FROM imported_file ORDER BY id");
  while (file.step()) {
    NameIndexBuilder index(into_index(db, file.integer(0)));
    read_names(db, file.integer(0), index);
  }
}

std::vector<std::string> wrongly_indexed_files(const Database& db) {
  std::vector<std::string> wrong;
  Statement file = db.prepare("SELECT id, name FROM imported_file ORDER BY id");
  while (file.step())
    if (!is_indexed_as_read(db, file.integer(0))) wrong.emplace_back(file.text(1));
  return wrong;
}

}  // namespace seatlint
