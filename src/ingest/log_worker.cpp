// SPDX-License-Identifier: Apache-2.0
// See log_worker.hpp. Rows wait in small batches until what they will look up has come into the caches.
#include "ingest/log_worker.hpp"

#include <algorithm>
#include <span>

namespace seatlint {
namespace {

/// Letters, digits and signs that mean themselves in every login.
bool is_written_plainly(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '@' || c == '-' || c == '_';
  };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && std::all_of(text.begin(), text.end(), plain);
}

}  // namespace

LogPlan::LogPlan(Decoder& rows, ActivityCollector& days, const ActivityColumns& mapped, const csv::Dialect& written,
                 std::size_t fields, bool keeps)
    : decoder(rows), collector(days), columns(mapped), dialect(written), width(fields), keep(keeps) {}

csv::Record LogPlan::record_of(std::string_view row) {
  csv::Record record;
  csv::split_clean_record(row, dialect, record.fields, store_);
  return record;
}

const KnownAction* LogPlan::action(std::string_view cells, std::string_view row) {
  const std::lock_guard lock(lock_);
  const auto known = by_cells_.find(std::string(cells));
  if (known != by_cells_.end()) return known->second;
  if (actions_.size() >= most_actions) return nullptr;
  KnownAction action;
  action.meaning = decoder.action_of(record_of(row));
  if (action.meaning.strange) {
    by_cells_.emplace(cells, nullptr);
    return nullptr;
  }
  action.cells = cells;
  action.number = static_cast<std::uint32_t>(actions_.size());
  action.skipped = !action.meaning.skipped.empty();
  action.stored = !action.skipped && action.meaning.row.success;
  action.covers = !action.skipped || action.meaning.covers;
  if (action.stored) {
    const ActivityRow& said = action.meaning.row;
    action.handle = collector.actions().handle({said.object, said.verb, said.app, said.environment, said.machine});
    if (action.handle == ActionNumbers::most) return nullptr;
  }
  actions_.push_back(std::move(action));
  by_cells_.emplace(cells, &actions_.back());
  return &actions_.back();
}

std::optional<ActorTable::Found> LogPlan::actor(std::uint64_t hash, std::string_view cells, std::string_view row) {
  const std::lock_guard lock(lock_);
  ActorTable& actors = collector.actors();
  if (const auto known = actors.find(hash, cells); known.known) return known;
  if (columns.login_as_written && is_written_plainly(cells)) return actors.name_login(hash, cells);
  try {
    return actors.name(hash, cells, decoder.actor_of(record_of(row)));
  } catch (const Error&) {  // said again, and in its turn, when this row goes through the decoder
    return std::nullopt;
  }
}

LogWorker::LogWorker(LogPlan& plan, std::size_t thread)
    : plan_(plan), rows_(plan.collector.rows(thread)), days_(plan.decoder.day_reader()), actions_(256) {}

/// The cells as they stand, or several put together; a key can be made of them.
__attribute__((always_inline)) inline std::string_view LogWorker::cells(const csv::BlockRows& rows,
                                                                        const std::vector<std::size_t>& columns,
                                                                        std::string& joined) {
  if (columns.size() == 1) return rows.raw(columns.front());
  joined.clear();
  for (const std::size_t column : columns) joined.append(rows.raw(column)).append(1, '\x1f');
  const std::size_t size = joined.size();
  joined.append(CellKey::most, '\0');
  return {joined.data(), size};
}

void LogWorker::read(const csv::Block& block, BlockTally& tally) {
  csv::BlockRows rows(block, plan_.dialect);
  while (rows.next()) {
    ++tally.rows;
    if (rows.fields() != plan_.width) {
      tally.slow.push_back({rows.begin(), rows.end(), rows.line()});
      continue;
    }
    add(rows);
    if (waiting_ == pending_.size()) settle(block, tally);
  }
  settle(block, tally);
  std::sort(tally.slow.begin(), tally.slow.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
}

void LogWorker::add(const csv::BlockRows& rows) {
  Pending& row = pending_[waiting_];
  row.time = rows.raw(plan_.columns.time);
  row.action_cells = cells(rows, plan_.columns.action, joined_actions_[waiting_]);
  row.actor_cells = cells(rows, plan_.columns.actor, joined_actors_[waiting_]);
  row.begin = rows.begin();
  row.end = rows.end();
  row.line = rows.line();
  ++waiting_;
}

/// Step by step for all rows that wait: the processor then works on several at a time, and what a step will look up is
/// on its way from memory since the step before.
void LogWorker::settle(const csv::Block& block, BlockTally& tally) {
  const std::span<Pending> rows(pending_.data(), waiting_);
  const auto text_of = [&](const Pending& row) {
    return std::string_view(block.memory.get() + row.begin, row.end - row.begin);
  };
  const ActorTable& actors = plan_.collector.actors();
  for (Pending& row : rows) {
    row.actor = CellKey(row.actor_cells);
    row.hash = row.actor.hash(row.actor_cells);
    actors.prefetch(row.hash);
  }
  for (Pending& row : rows) understand(row, text_of(row));
  for (Pending& row : rows) row.candidate = actors.candidate(row.hash);
  for (Pending& row : rows)
    if (row.action != nullptr) find(row, text_of(row));
  for (const Pending& row : rows) {
    if (row.action != nullptr) {
      count(row, tally);
    } else {
      tally.slow.push_back({row.begin, row.end, row.line});
    }
  }
  waiting_ = 0;
}

/// What the row says but whom it names. Its action stays unset where that is for the decoder.
void LogWorker::understand(Pending& row, std::string_view text) {
  const bool readable = read_day(row) && row.actor_cells.size() <= ActorTable::longest_cell;
  row.action = readable ? action(row.action_cells, text) : nullptr;
}

bool LogWorker::read_day(Pending& row) {
  std::string_view time = row.time;
  if (!time.empty() && time.front() == plan_.dialect.quote) {
    time = time.substr(1, time.size() - 2);
    if (time.find(plan_.dialect.quote) != std::string_view::npos) return false;
  }
  row.day = days_.read(time);
  return ActivityCollector::keeps(row.day);  // none that is unread
}

const KnownAction* LogWorker::action(std::string_view cells, std::string_view row) {
  const CellKey key(cells);
  if (cells.size() > CellKey::most) return known_action(cells, key.hash(cells), row);
  // Two places for each, so that two frequent ones don't drive each other out.
  const std::size_t at = key.sketch() >> 57u;
  const auto is_this = [&](const Frequent& frequent) {
    return frequent.key == key && frequent.action != nullptr && frequent.action->cells.size() == cells.size();
  };
  if (is_this(frequent_[at])) return frequent_[at].action;
  if (is_this(frequent_[at ^ 1u])) return frequent_[at ^ 1u].action;
  const KnownAction* known = known_action(cells, key.hash(cells), row);
  if (known != nullptr) frequent_[frequent_[at].action == nullptr ? at : at ^ 1u] = {key, known};
  return known;
}

const KnownAction* LogWorker::known_action(std::string_view cells, std::uint64_t hash, std::string_view row) {
  std::size_t at = hash & (actions_.size() - 1);
  for (; actions_[at].action != nullptr; at = (at + 1) & (actions_.size() - 1))
    if (actions_[at].hash == hash && actions_[at].action->cells == cells) return actions_[at].action;
  const KnownAction* known = plan_.action(cells, row);
  if (known == nullptr) return nullptr;
  actions_[at] = {hash, known};
  if (++known_actions_ * 2 < actions_.size()) return known;
  std::vector<Slot> larger(actions_.size() * 2);
  for (const Slot& slot : actions_) {
    if (slot.action == nullptr) continue;
    std::size_t to = slot.hash & (larger.size() - 1);
    while (larger[to].action != nullptr) to = (to + 1) & (larger.size() - 1);
    larger[to] = slot;
  }
  actions_.swap(larger);
  return known;
}

void LogWorker::find(Pending& row, std::string_view text) {
  const ActorTable& actors = plan_.collector.actors();
  row.found = actors.is(row.candidate, row.actor, row.actor_cells);
  if (!row.found.known) row.found = actors.find(row.hash, row.actor_cells);
  if (!row.found.known) {
    const auto told = plan_.actor(row.hash, row.actor_cells, text);
    if (!told) row.action = nullptr;
    row.found = told.value_or(ActorTable::Found{});
  }
  rows_.prefetch(row.found.partition);
}

void LogWorker::count(const Pending& row, BlockTally& tally) {
  const KnownAction& action = *row.action;
  if (action.number >= tally.by_action.size()) tally.by_action.resize(action.number + std::size_t{1});
  BlockTally::Rows& rows = tally.by_action[action.number];
  ++rows.all;
  if (action.covers) {
    if (!tally.days) tally.days = DayRange{row.day, row.day}, tally.first = {row.line, row.day};
    tally.days->first = std::min(tally.days->first, row.day);
    tally.days->last = std::max(tally.days->last, row.day);
    tally.last = {row.line, row.day};
  }
  if (action.skipped) return;
  if (row.found.actor == ActorTable::nobody) {
    ++rows.of_nobody;
    return;
  }
  if (!plan_.keep || !action.stored) return;
  rows_.add(row.found.partition, {row.found.actor, action.handle, static_cast<std::uint16_t>(row.day.days),
                                  static_cast<std::uint32_t>(row.line - plan_.collector.base_line())});
}

}  // namespace seatlint
