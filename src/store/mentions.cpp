// SPDX-License-Identifier: Apache-2.0
// Looks for whole words only: erasing Max must not touch Maxine.
#include "store/mentions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "store/audit_log.hpp"
#include "store/user_rows.hpp"

namespace seatlint {
namespace {

/// Shorter logins and ids are words of their own too often; they count where they are the whole text.
constexpr std::size_t telling_length = 6;
constexpr std::string_view forgotten = "forgotten";

bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !in_word(text[at - 1])) && (end == text.size() || !in_word(text[end]))) return at;
  }
  return std::string_view::npos;
}

struct Column {
  std::string_view table, column;
  std::string_view instead;  ///< of a text whose places can't be told
};
constexpr Column columns[] = {
    {"imported_file", "name", forgotten},      {"imported_file", "warnings", "[\"forgotten\"]"},
    {"entitlement_row", "product", forgotten}, {"name_access", "who", forgotten},
    {"name_access", "reason", forgotten},      {"names_override_row", "reason", forgotten},
};

}  // namespace

Mentions::Mentions(const StoredPerson& person) {
  for (const IdentityKey& key : person.keys)
    (key.strong || (key.kind == 'l' && key.value.size() >= telling_length) ? inside_ : whole_).push_back(key.value);
  for (const std::string& name : person.names) {
    std::string folded = fold_case(name);
    (folded.find(' ') != std::string::npos ? inside_ : whole_).push_back(std::move(folded));
  }
  std::sort(inside_.begin(), inside_.end(),
            [](const std::string& a, const std::string& b) { return std::pair(b.size(), a) < std::pair(a.size(), b); });
}

bool Mentions::inside(std::string_view text) const {
  const std::string folded = fold_case(text);
  return std::any_of(inside_.begin(), inside_.end(),
                     [&](const std::string& word) { return find_word(folded, word, 0) != std::string_view::npos; });
}

bool Mentions::is(std::string_view text) const {
  return std::find(whole_.begin(), whole_.end(), fold_case(trim(text))) != whole_.end() || inside(text);
}

std::string Mentions::without(const std::string& text, std::string_view instead) const {
  std::string left = text, folded = fold_case(text);
  // Folding may change lengths; then places in one are not those in the other.
  if (folded.size() != left.size()) return std::string(instead);
  for (const std::string& word : inside_)
    for (std::size_t at = find_word(folded, word, 0); at != std::string_view::npos;
         at = find_word(folded, word, at + forgotten.size())) {
      left.replace(at, word.size(), forgotten);
      folded.replace(at, word.size(), forgotten);
    }
  return left;
}

namespace {

/// Names that no stored account bears.
std::set<std::string> borne_by_nobody(const Database& db, std::set<std::string> names) {
  Statement file = db.prepare("SELECT id FROM imported_file");
  while (!names.empty() && file.step())
    each_user_row(db, file.integer(0), user_part::person, [&](const UserRow& row, std::uint64_t) {
      names.erase(row.name);
      return !names.empty();
    });
  return names;
}

/// Out of the records of other accounts, where whole values go.
void remove_from_accounts(const Database& db, const Mentions& mentions, RemovedMentions& removed) {
  std::unordered_map<std::string, bool> managers, others;  // whether they mention the person; texts repeat
  const auto clear = [&](std::string& text, bool manager) {
    if (text.empty()) return false;
    const auto [at, fresh] = (manager ? managers : others).try_emplace(text, false);
    if (fresh) at->second = manager ? mentions.is(text) : mentions.inside(text);
    if (!at->second) return false;
    if (manager) removed.managers.insert(text);
    text.clear();
    ++removed.count;
    return true;
  };
  edit_user_rows(db, [&](std::int64_t, std::uint64_t, UserRow& row) {
    bool changed = clear(row.manager, true);
    for (std::string* text : {&row.title, &row.department, &row.cost_center, &row.environment})
      changed = clear(*text, false) || changed;
    return changed ? Edit::changed : Edit::none;
  });
}

}  // namespace

RemovedMentions remove_mentions(const Database& db, const StoredPerson& person) {
  StoredPerson named = person;
  named.names = borne_by_nobody(db, std::move(named.names));
  const Mentions mentions(named);
  RemovedMentions removed{0, named.names};
  remove_from_accounts(db, mentions, removed);
  for (const Column& column : columns) {
    std::vector<std::string> texts;
    Statement all =
        db.prepare(fmt::format("SELECT DISTINCT {0} FROM {1} WHERE {0} IS NOT NULL", column.column, column.table));
    while (all.step())
      if (mentions.inside(all.text(0))) texts.emplace_back(all.text(0));
    Statement write = db.prepare(fmt::format("UPDATE {0} SET {1} = ?2 WHERE {1} = ?1", column.table, column.column));
    for (const std::string& text : texts) {
      write.bind(1, std::string_view(text)).bind(2, std::string_view(mentions.without(text, column.instead))).run();
      removed.count += db.integer("SELECT changes()");
    }
  }
  removed.count += rewrite_kept_texts(
      db, [&](const std::string& text) { return mentions.inside(text) ? mentions.without(text, forgotten) : text; });
  return removed;
}

}  // namespace seatlint
