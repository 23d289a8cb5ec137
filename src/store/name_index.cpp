// SPDX-License-Identifier: Apache-2.0
// See name_index.hpp. Blobs stay below a quarter of a page, so that none of them needs a page of its own.
#include "store/name_index.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/leb128.hpp"
#include "store/log_rows.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

constexpr std::size_t usual_bytes = 900;  // with the key and the longest entry still below a quarter of a page

std::uint32_t name_hash(std::string_view folded) { return static_cast<std::uint32_t>(hash64(folded) >> 32u); }

std::uint64_t take(std::string_view& entries) {
  const auto number = take_number(entries);
  if (!number) throw Error("the store is damaged: an index of names that can't be read; restore a backup");
  return *number;
}

void read_names(const Database& db, std::int64_t file, NameIndexBuilder& index) {
  each_user_row(db, file, user_part::identity, [&](const UserRow& row, std::uint64_t line) {
    index.add_user(row.identity, line);
    return true;
  });
  Statement person = db.prepare("SELECT line, email, login, hr_id FROM person_row WHERE file_id = ?1 ORDER BY line");
  person.bind(1, file);
  while (person.step())
    for (const int name : {1, 2, 3}) index.add(person.text(name), {0, person.integer(0)});
  each_log_row(db, file, [&](const BlockKey& key, const LogRow& row) {
    index.add_actor(row.id, row.login, row.email, {key.part, key.actor});
    return true;
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
  fold_case(name, folded_);
  entries_.push_back({name_hash(folded_), static_cast<std::uint32_t>(row.part), row.number});
  if (entries_.size() == run_entries_) finish();
}

void NameIndexBuilder::add_user(const Identity& who, std::uint64_t line) {
  const NamedRow at{0, static_cast<std::int64_t>(line)};
  for (const std::string* name : {&who.id, &who.login, &who.email, &who.federation_id, &who.hr_id}) add(*name, at);
  for (const std::string& alias : who.aliases) add(alias, at);
}

void NameIndexBuilder::add_actor(std::string_view id, std::string_view login, std::string_view email, NamedRow at) {
  for (const std::string_view name : {id, login, email}) add(name, at);
}

void NameIndexBuilder::sort_by_hash() {
  constexpr unsigned bits = 11, passes = 3;
  constexpr std::size_t buckets = std::size_t{1} << bits;
  std::array<std::array<std::uint32_t, buckets>, passes> begins{};
  const auto bucket = [](const Entry& entry, unsigned pass) { return entry.hash >> (bits * pass) & (buckets - 1); };
  for (const Entry& entry : entries_)
    for (unsigned pass = 0; pass < passes; ++pass) ++begins[pass][bucket(entry, pass)];
  sorted_.resize(entries_.size());
  for (unsigned pass = 0; pass < passes; ++pass) {
    std::uint32_t next = 0;
    for (std::uint32_t& begin : begins[pass]) begin = std::exchange(next, next + begin);
    for (const Entry& entry : entries_) sorted_[begins[pass][bucket(entry, pass)]++] = entry;
    entries_.swap(sorted_);
  }
}

void NameIndexBuilder::finish() {
  if (entries_.empty()) return;
  sort_by_hash();
  std::uint32_t first = 0, before = 0;
  const auto hand_out = [&] {
    if (!bytes_.empty()) sink_(run_, first, bytes_);
    bytes_.clear();
  };
  for (auto from = entries_.begin(), to = from; from != entries_.end(); from = to) {
    while (to != entries_.end() && to->hash == from->hash) ++to;
    if (to - from > 1) std::sort(from, to);
    if (bytes_.size() >= usual_bytes) hand_out();
    if (bytes_.empty()) first = before = from->hash;
    for (auto entry = from; entry != to; ++entry) {
      if (entry != from && *entry == entry[-1]) continue;
      put_number(bytes_, entry->hash - before);
      put_number(bytes_, entry->part);
      put_number(bytes_, static_cast<std::uint64_t>(entry->number));
      before = entry->hash;
    }
  }
  hand_out();
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
      "SELECT entries, first FROM name_index WHERE file_id = ?1 AND run = ?2 AND first <= ?3 ORDER BY first DESC LIMIT "
      "1");
  for (std::int64_t run = 0; run <= newest_run.integer(0); ++run) {
    row.bind(1, file).bind(2, run).bind(3, std::int64_t{hash});
    if (row.step()) {
      std::uint64_t at = static_cast<std::uint64_t>(row.integer(1));
      for (std::string_view entries = row.blob_view(0); !entries.empty();) {
        at += take(entries);
        const auto part = static_cast<std::int64_t>(take(entries)), number = static_cast<std::int64_t>(take(entries));
        if (at == hash) visit({part, number});
        if (at > hash) break;
      }
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
