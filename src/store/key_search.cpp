// SPDX-License-Identifier: Apache-2.0
// The index says where a name may stand; the row says whether it does.
#include "store/key_search.hpp"

#include <algorithm>

#include "store/name_index.hpp"

namespace seatlint {
namespace {

constexpr std::size_t most_records = 500;  // more than these hang together only by keys that are none

bool of_users(const ImportedFile& file) {
  return file.kind == RecordKind::users || file.kind == RecordKind::assignments;
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

KeySearch::KeySearch(const Store& store, std::vector<ImportedFile> files) : store_(store), files_(std::move(files)) {}

KeySearch::Number KeySearch::number_of(const Record& record) {
  const auto [at, fresh] = numbers_.try_emplace(record, static_cast<Number>(records_.size()));
  if (fresh) records_.push_back(record);
  return at->second;
}

const Identity& KeySearch::identity(Number number) {
  const bool known = read_.contains(number);
  Identity& who = read_[number];
  if (known) return who;
  const Record& record = records_[number];
  Selection one;
  one.lines[files_[record.file].id] = {record.line};
  store_.each_user(
      files_[record.file].id, [&](const UserRow& row, std::uint64_t) { who = row.identity; }, &one);
  return who;
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

std::vector<KeySearch::Number> KeySearch::candidates(const std::string& text) {
  std::vector<Number> found;
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (of_users(files_[i]))
      each_row_named(store_.database(), files_[i].id, text, [&](const NamedRow& row) {
        found.push_back(number_of({i, static_cast<std::uint64_t>(row.number)}));
      });
  return found;
}

void KeySearch::grow(std::set<Number>& taken, std::vector<Number> fresh, std::string_view kinds) {
  std::set<Key> asked;
  while (!fresh.empty() && taken.size() <= most_records) {
    const Number number = fresh.back();
    fresh.pop_back();
    if (!taken.insert(number).second) continue;
    for (const Key& key : keys_of(number)) {
      if (kinds.find(key.kind) == std::string_view::npos || !asked.insert(key).second) continue;
      for (const Number other : candidates(key.text)) {
        if (taken.contains(other) || fresh.size() > most_records) continue;
        const std::vector<Key> theirs = keys_of(other);
        if (std::find(theirs.begin(), theirs.end(), key) != theirs.end()) fresh.push_back(other);
      }
    }
  }
}

void KeySearch::add_person(const std::string& key) {
  std::vector<Number> called;
  for (const Number number : candidates(key)) {
    const Identity& who = identity(number);
    std::vector<std::string> keys = names_of(who);
    keys.push_back(fold_case(who.federation_id));
    keys.push_back(fold_case(who.hr_id));
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) != keys.end()) called.push_back(number);
  }
  grow(own_, std::move(called), "nefh");
}

void KeySearch::add_others(std::int64_t file, const std::vector<std::uint64_t>& lines) {
  const auto at = std::find_if(files_.begin(), files_.end(), [&](const ImportedFile& one) { return one.id == file; });
  if (at == files_.end()) return;
  for (const std::uint64_t line : lines)
    others_.insert(number_of({static_cast<std::size_t>(at - files_.begin()), line}));
}

std::set<KeySearch::Name> KeySearch::own_names() {
  std::set<Name> names;
  for (const Number number : own_)
    for (const std::string& name : names_of(identity(number))) names.emplace(files_[records_[number].file].org, name);
  return names;
}

void KeySearch::select_blocks() {
  const std::set<Name> names = own_names();
  called_ = names;
  std::set<BlockKey> blocks;
  for (const ImportedFile& file : files_) {
    if (file.kind != RecordKind::activity) continue;
    for (const Name& name : names) {
      if (name.first != file.org) continue;
      each_row_named(store_.database(), file.id, name.second, [&](const NamedRow& row) {
        const BlockKey block{file.id, row.part, row.number};
        const std::vector<std::string> called = names_of(identity_of(store_.database(), block));
        if (std::find(called.begin(), called.end(), name.second) == called.end()) return;
        blocks.insert(block);
        for (const std::string& other : called) called_.emplace(file.org, other);
      });
    }
  }
  blocks_.assign(blocks.begin(), blocks.end());
}

/// Facts of HR concern whom they name; they make nobody the same person.
void KeySearch::select_hr(Selection& selection) {
  std::set<Name> keys = own_names();
  for (const Number number : own_) keys.emplace(files_[records_[number].file].org, fold_case(identity(number).hr_id));
  for (const ImportedFile& file : files_) {
    if (file.kind != RecordKind::departures && file.kind != RecordKind::leave) continue;
    Selection near;
    for (const auto& [org, key] : keys)
      if (org == file.org)
        each_row_named(store_.database(), file.id, key, [&](const NamedRow& row) {
          near.lines[file.id].push_back(static_cast<std::uint64_t>(row.number));
        });
    std::vector<std::uint64_t>& lines = selection.lines[file.id];
    const auto names = [&](const std::string& text) {
      return !text.empty() && keys.contains({file.org, fold_case(text)});
    };
    store_.each_person(
        file.id,
        [&](const PersonRow& row, std::uint64_t line) {
          if (names(row.email) || names(row.login) || names(row.hr_id)) lines.push_back(line);
        },
        &near);
  }
}

std::optional<Selection> KeySearch::selection() {
  Selection selection;
  if (called_.empty()) select_blocks();
  selection.blocks = blocks_;
  std::vector<Number> called(others_.begin(), others_.end());
  for (const Name& name : called_)
    for (const Number number : candidates(name.second)) {
      if (files_[records_[number].file].org != name.first || called.size() > most_records) continue;
      const std::vector<std::string> theirs = names_of(identity(number));
      if (std::find(theirs.begin(), theirs.end(), name.second) != theirs.end()) called.push_back(number);
    }
  std::set<Number> taken;
  grow(taken, std::move(called), "n");
  taken.insert(own_.begin(), own_.end());
  if (taken.size() > most_records) return std::nullopt;
  for (const Number number : taken) selection.lines[files_[records_[number].file].id].push_back(records_[number].line);
  select_hr(selection);
  for (auto& [file, lines] : selection.lines) {
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  }
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
