// SPDX-License-Identifier: Apache-2.0
// Keys are compared by a hash without regard to case first; who has the same is looked at closely.
#include "store/key_search.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "store/sweep.hpp"
#include "store/text_list.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_records = 500;  // more than these hang together only by keys that are none

bool of_users(const ImportedFile& file) {
  return file.kind == RecordKind::users || file.kind == RecordKind::assignments;
}

/// Eight bytes of `text` from `at` on, fewer at its end.
std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
  return word;
}

/// Of ASCII, the same for any case; `beyond_ascii` is set where there is more.
std::uint32_t hash_of(std::string_view text, bool& beyond_ascii) {
  constexpr std::uint64_t case_bits = 0x2020202020202020, high_bits = 0x8080808080808080;
  std::uint64_t hash = text.size() * 0x9e3779b97f4a7c15, seen = 0;
  for (std::size_t at = 0; at < text.size(); at += sizeof hash) {
    const std::uint64_t word = word_at(text, at);
    seen |= word;
    hash = (hash ^ (word | case_bits)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  beyond_ascii = (seen & high_bits) != 0;
  return static_cast<std::uint32_t>(hash);
}

std::uint32_t folded_hash(const std::string& folded) {
  bool ignored = false;
  return hash_of(folded, ignored);
}

std::uint32_t hash_of(std::string_view text) {
  bool beyond_ascii = false;
  const std::uint32_t hash = hash_of(text, beyond_ascii);
  return beyond_ascii ? folded_hash(fold_case(text)) : hash;
}

std::vector<std::string> names_of(const Identity& identity) {
  std::vector<std::string> names;
  for (const std::string* name : {&identity.id, &identity.login, &identity.email})
    if (!name->empty()) names.push_back(fold_case(*name));
  for (const std::string& alias : identity.aliases) names.push_back(fold_case(alias));
  return names;
}

bool is_address(const std::string& text) { return text.find('@') != std::string::npos; }

}  // namespace

KeySearch::KeySearch(const Store& store, std::vector<ImportedFile> files) : store_(store), files_(std::move(files)) {
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (of_users(files_[i])) read_keys(i);
}

void KeySearch::read_keys(std::size_t file) {
  sweep(store_.database(), "line, id, login, email, federation_id, hr_id, aliases", "user_row", files_[file].id,
        [&](const SweptRow& row) {
          const auto number = static_cast<Number>(records_.size());
          records_.push_back({file, static_cast<std::uint64_t>(row.integer(0))});
          for (int column = 1; column < 6; ++column)
            if (const std::string_view key = row.bytes(column); !key.empty())
              hashes_.emplace_back(hash_of(key), number);
          for (const std::string& alias : texts_of(row.bytes(6))) hashes_.emplace_back(hash_of(alias), number);
        });
}

const Identity& KeySearch::identity(Number number) {
  const auto [at, fresh] = read_.try_emplace(number);
  if (!fresh) return at->second;
  const Record& record = records_[number];
  Selection one;
  one.lines[files_[record.file].id] = {record.line};
  store_.each_user(
      files_[record.file].id, [&](const UserRow& row, std::uint64_t) { at->second = row.identity; }, &one);
  return at->second;
}

std::vector<KeySearch::Key> KeySearch::keys_of(Number number) {
  const ImportedFile& file = files_[records_[number].file];
  const Identity& who = identity(number);
  std::vector<Key> keys;
  const std::string email = fold_case(who.email);
  for (const std::string& name : names_of(who)) {
    keys.push_back({'n', file.org, file.vendor, name});
    if (name == email || is_address(name)) keys.push_back({'e', file.org, {}, name});
  }
  if (!who.federation_id.empty()) keys.push_back({'f', file.org, {}, fold_case(who.federation_id)});
  if (!who.hr_id.empty()) keys.push_back({'h', file.org, {}, fold_case(who.hr_id)});
  return keys;
}

template <typename Fits>
void KeySearch::each_candidate(const std::string& text, Fits fits) const {
  const std::uint32_t wanted = folded_hash(text);
  for (const auto& [hash, record] : hashes_)
    if (hash == wanted) fits(record);
}

void KeySearch::grow(std::set<Number>& taken, std::vector<Number> fresh, std::string_view kinds) {
  std::set<Key> asked;
  while (!fresh.empty() && taken.size() <= most_records) {
    const Number number = fresh.back();
    fresh.pop_back();
    if (!taken.insert(number).second) continue;
    for (const Key& key : keys_of(number)) {
      if (kinds.find(key.kind) == std::string_view::npos || !asked.insert(key).second) continue;
      each_candidate(key.text, [&](Number other) {
        if (taken.contains(other) || fresh.size() > most_records) return;
        const std::vector<Key> theirs = keys_of(other);
        if (std::find(theirs.begin(), theirs.end(), key) != theirs.end()) fresh.push_back(other);
      });
    }
  }
}

void KeySearch::add_person(const std::string& key) {
  std::vector<Number> called;
  each_candidate(key, [&](Number number) {
    const Identity& who = identity(number);
    std::vector<std::string> keys = names_of(who);
    keys.push_back(fold_case(who.federation_id));
    keys.push_back(fold_case(who.hr_id));
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) != keys.end()) called.push_back(number);
  });
  grow(own_, std::move(called), "nefh");
}

void KeySearch::add_other(std::int64_t file, std::uint64_t line) {
  for (Number number = 0; number < records_.size(); ++number)
    if (files_[records_[number].file].id == file && records_[number].line == line) others_.insert(number);
}

std::set<KeySearch::Name> KeySearch::own_names() {
  std::set<Name> names;
  for (const Number number : own_)
    for (const std::string& name : names_of(identity(number))) names.emplace(files_[records_[number].file].org, name);
  return names;
}

/// The rows of a file in which one of the columns from the third on holds one of `names`.
void KeySearch::each_naming(const std::string& columns, const std::string& table, std::size_t file,
                            const std::set<Name>& names, const std::function<void(const SweptRow&)>& visit) const {
  constexpr std::size_t slots = std::size_t{1} << 16;
  const auto width = static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1;
  std::vector<bool> hashes(slots);
  for (const auto& [org, text] : names) hashes[folded_hash(text) % slots] = true;
  sweep(store_.database(), columns, table, files_[file].id, [&](const SweptRow& row) {
    for (int column = 2; column < width; ++column) {
      const std::string_view text = row.bytes(column);
      if (text.empty() || !hashes[hash_of(text) % slots]) continue;
      if (names.contains({files_[file].org, fold_case(text)})) return visit(row);
    }
  });
}

void KeySearch::select_blocks() {
  const std::set<Name> names = own_names();
  called_ = names;
  const std::set<std::string> own_orgs = orgs();
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].kind != RecordKind::activity || !own_orgs.contains(files_[i].org)) continue;
    each_naming("part, actor, id, login, email", "activity_block", i, names, [&](const SweptRow& row) {
      blocks_.push_back({files_[i].id, row.integer(0), row.integer(1)});
      for (int column = 2; column <= 4; ++column)
        if (!row.bytes(column).empty()) called_.emplace(files_[i].org, fold_case(row.bytes(column)));
    });
  }
  const auto order = [](const BlockKey& key) { return std::tuple(key.file, key.part, key.actor); };
  std::sort(blocks_.begin(), blocks_.end(), [&](const BlockKey& a, const BlockKey& b) { return order(a) < order(b); });
}

/// Facts of HR concern whom they name; they make nobody the same person.
void KeySearch::select_hr(Selection& selection) {
  std::set<Name> keys = own_names();
  for (const Number number : own_) keys.emplace(files_[records_[number].file].org, fold_case(identity(number).hr_id));
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].kind != RecordKind::departures && files_[i].kind != RecordKind::leave) continue;
    std::vector<std::uint64_t>& lines = selection.lines[files_[i].id];
    each_naming("line, NULL, email, login, hr_id", "person_row", i, keys,
                [&](const SweptRow& row) { lines.push_back(static_cast<std::uint64_t>(row.integer(0))); });
  }
}

std::optional<Selection> KeySearch::selection() {
  Selection selection;
  if (called_.empty()) select_blocks();
  selection.blocks = blocks_;
  std::vector<Number> called(others_.begin(), others_.end());
  for (const Name& name : called_)
    each_candidate(name.second, [&](Number number) {
      if (files_[records_[number].file].org != name.first || called.size() > most_records) return;
      const std::vector<std::string> theirs = names_of(identity(number));
      if (std::find(theirs.begin(), theirs.end(), name.second) != theirs.end()) called.push_back(number);
    });
  std::set<Number> taken;
  grow(taken, std::move(called), "n");
  taken.insert(own_.begin(), own_.end());
  if (taken.size() > most_records) return std::nullopt;
  for (const Number number : taken) selection.lines[files_[records_[number].file].id].push_back(records_[number].line);
  select_hr(selection);
  for (auto& [file, lines] : selection.lines) std::sort(lines.begin(), lines.end());
  return selection;
}

std::vector<std::uint64_t> KeySearch::own_lines(std::int64_t file) const {
  std::vector<std::uint64_t> lines;
  for (const Number number : own_)
    if (files_[records_[number].file].id == file) lines.push_back(records_[number].line);
  return lines;
}

std::set<std::string> KeySearch::orgs() const {
  std::set<std::string> names;
  for (const Number number : own_) names.insert(files_[records_[number].file].org);
  return names;
}

}  // namespace seatlint
