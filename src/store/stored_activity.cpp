// SPDX-License-Identifier: Apache-2.0
// Takes blocks of activity apart and puts what may stay together again.
#include "store/stored_activity.hpp"

#include <algorithm>

#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

std::vector<Day> days_of(const PackedFact& fact, Day first) {
  DayBits bits;
  fact.add_to(bits);
  std::vector<Day> days;
  for (Day day = std::max(fact.first, first); day <= fact.last; day = day + 1)
    if (bits.test(day)) days.push_back(day);
  return days;
}

/// What is left of packed facts; empty where nothing is.
std::string facts_from(std::string_view packed, Day first_kept) {
  FactReader reader(packed);
  FactWriter writer;
  for (PackedFact fact; reader.next(fact);) {
    if (fact.last < first_kept) continue;
    std::vector<std::int32_t> days;
    for (const Day day : days_of(fact, first_kept)) days.push_back(day.days);
    // The record of the first day that is kept is not known: line 0 cites the file as a whole.
    const std::uint64_t first_line = fact.first < first_kept ? 0 : fact.first_line;
    writer.add(fact.action, days, days.size() == 1 ? fact.last_line : first_line, fact.last_line);
  }
  return std::string(writer.block());
}

constexpr std::string_view remove_sql = "DELETE FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor = ?3";

Statement& bind_key(Statement& statement, const BlockKey& key) {
  return statement.bind(1, key.file).bind(2, key.part).bind(3, key.actor);
}

}  // namespace

void each_log_identity(const Database& db, const std::function<void(const LogIdentity&)>& visit) {
  Statement row = db.prepare(
      "SELECT b.file_id, b.part, b.actor, f.org_id, f.vendor, b.id, b.login, b.email FROM activity_block b "
      "JOIN imported_file f ON f.id = b.file_id ORDER BY b.file_id, b.part, b.actor");
  const auto text = [&](int at) { return std::string(row.text(at)); };
  while (row.step())
    visit({{row.integer(0), row.integer(1), row.integer(2)},
           row.integer(3),
           text(4),
           {text(5), text(6), text(7), {}, {}, {}}});
}

Identity identity_of(const Database& db, const BlockKey& block) {
  Statement row =
      db.prepare("SELECT id, login, email FROM activity_block WHERE file_id = ?1 AND part = ?2 AND actor = ?3");
  if (!bind_key(row, block).step()) return {};
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), {}, {}, {}};
}

std::vector<LoggedAction> actions_of(const Database& db, const BlockKey& block) {
  Statement row = db.prepare(
      "SELECT o.name, f.vendor, f.name, coalesce(nullif(b.login, ''), nullif(b.email, ''), b.id), b.facts "
      "FROM activity_block b JOIN imported_file f ON f.id = b.file_id JOIN org o ON o.id = f.org_id "
      "WHERE b.file_id = ?1 AND b.part = ?2 AND b.actor = ?3");
  Statement action = db.prepare(
      "SELECT object, verb, app, environment, machine FROM activity_action WHERE file_id = ?1 AND number = ?2");
  std::vector<LoggedAction> actions;
  if (!bind_key(row, block).step()) return actions;
  const auto text = [](const Statement& from, int at) { return std::string(from.text(at)); };
  FactReader facts(row.blob_view(4));
  for (PackedFact fact; facts.next(fact);) {
    LoggedAction use{text(row, 0), text(row, 1), text(row, 2), text(row, 3), {}, {}, {}, {}, false, {}, 0, 0};
    if (action.bind(1, block.file).bind(2, std::int64_t{fact.action}).step()) {
      use.object = text(action, 0), use.verb = text(action, 1);
      use.app = text(action, 2), use.environment = text(action, 3);
      use.machine = action.integer(4) != 0;
    }
    action.reset();
    use.days = days_of(fact, fact.first);
    use.first_line = fact.first_line, use.last_line = fact.last_line;
    actions.push_back(std::move(use));
  }
  return actions;
}

void remove_block(const Database& db, const BlockKey& block) {
  Statement remove = db.prepare(remove_sql);
  bind_key(remove, block).run();
}

std::int64_t remove_days_before(const Database& db, Day first_kept) {
  Statement old = db.prepare(
      "SELECT b.file_id, b.part, b.actor, b.facts FROM activity_block b JOIN imported_file f ON f.id = b.file_id "
      "WHERE f.first_day < ?1");
  std::vector<std::pair<BlockKey, std::string>> changed;
  old.bind(1, std::int64_t{first_kept.days});
  while (old.step()) {
    std::string left = facts_from(old.blob_view(3), first_kept);
    if (left != old.blob_view(3))
      changed.emplace_back(BlockKey{old.integer(0), old.integer(1), old.integer(2)}, std::move(left));
  }
  old.reset();
  Statement remove = db.prepare(remove_sql);
  Statement write = db.prepare("UPDATE activity_block SET facts = ?4 WHERE file_id = ?1 AND part = ?2 AND actor = ?3");
  for (const auto& [key, left] : changed) {
    if (left.empty()) {
      bind_key(remove, key).run();
    } else {
      bind_key(write, key).bind_blob_view(4, left).run();
    }
  }
  return static_cast<std::int64_t>(changed.size());
}

void remove_activity_of_file(const Database& db, std::int64_t file) {
  for (const char* table : {"activity_block", "activity_action"}) {
    Statement remove = db.prepare(std::string("DELETE FROM ") + table + " WHERE file_id = ?1");
    remove.bind(1, file).run();
  }
}

}  // namespace seatlint
