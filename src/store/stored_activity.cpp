// SPDX-License-Identifier: Apache-2.0
// Takes blocks of activity apart and puts what may stay together again.
#include "store/stored_activity.hpp"

#include <algorithm>
#include <tuple>

#include "ingest/activity_block.hpp"
#include "store/log_rows.hpp"

namespace seatlint {
namespace {

Identity identity_in(const LogRow& row) {
  return {std::string(row.id), std::string(row.login), std::string(row.email), {}, {}, {}};
}

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
    const auto [first_line, last_line] = fact.proven_by();
    const std::uint64_t first_left = fact.first < first_kept ? 0 : first_line;
    writer.add(fact.action, days, days.size() == 1 ? last_line : first_left, last_line);
  }
  return std::string(writer.block());
}

}  // namespace

void each_log_identity(const Database& db, const std::function<void(const LogIdentity&)>& visit) {
  Statement file = db.prepare("SELECT id, org_id, vendor FROM imported_file ORDER BY id");
  while (file.step())
    each_log_row(db, file.integer(0), [&](const BlockKey& key, const LogRow& row) {
      visit({key, file.integer(1), std::string(file.text(2)), identity_in(row)});
      return true;
    });
}

Identity identity_of(const Database& db, const BlockKey& block) {
  Identity found;
  LogRowSearch(db).find(block, 0, [&](const LogRow& row) { found = identity_in(row); });
  return found;
}

std::vector<LoggedAction> actions_of(const Database& db, const BlockKey& block) {
  Statement file =
      db.prepare("SELECT o.name, f.vendor, f.name FROM imported_file f JOIN org o ON o.id = f.org_id WHERE f.id = ?1");
  Statement action = db.prepare(
      "SELECT object, verb, app, environment, machine FROM activity_action WHERE file_id = ?1 AND number = ?2");
  std::vector<LoggedAction> actions;
  if (!file.bind(1, block.file).step()) return actions;
  const auto text = [](const Statement& from, int at) { return std::string(from.text(at)); };
  LogRowSearch(db).find(block, 0, [&](const LogRow& row) {
    const std::string who(!row.login.empty() ? row.login : !row.email.empty() ? row.email : row.id);
    FactReader facts(row.facts);
    for (PackedFact fact; facts.next(fact);) {
      LoggedAction use{text(file, 0), text(file, 1), text(file, 2), who, {}, {}, {}, {}, false, {}, 0, 0};
      if (action.bind(1, block.file).bind(2, std::int64_t{fact.action}).step()) {
        use.object = text(action, 0), use.verb = text(action, 1);
        use.app = text(action, 2), use.environment = text(action, 3);
        use.machine = action.integer(4) != 0;
      }
      action.reset();
      use.days = days_of(fact, fact.first);
      std::tie(use.first_line, use.last_line) = fact.proven_by();
      actions.push_back(std::move(use));
    }
  });
  return actions;
}

void remove_block(const Database& db, const BlockKey& block) {
  edit_log_block(db, block,
                 [&](const LogRow& row) { return row.actor == block.actor ? std::string_view() : row.facts; });
}

std::int64_t remove_days_before(const Database& db, Day first_kept) {
  Statement file = db.prepare("SELECT id FROM imported_file WHERE first_day < ?1");
  file.bind(1, std::int64_t{first_kept.days});
  std::int64_t changed = 0;
  std::string left;
  while (file.step())
    edit_log_rows(db, file.integer(0), [&](const LogRow& row) -> std::string_view {
      left = facts_from(row.facts, first_kept);
      if (left != row.facts) ++changed;
      return left;
    });
  return changed;
}

void remove_activity_of_file(const Database& db, std::int64_t file) {
  for (const char* table : {"activity_block", "activity_action"}) {
    Statement remove = db.prepare(std::string("DELETE FROM ") + table + " WHERE file_id = ?1");
    remove.bind(1, file).run();
  }
}

}  // namespace seatlint
