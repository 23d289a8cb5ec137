// SPDX-License-Identifier: Apache-2.0
// See log_worker.hpp. Rows wait in small batches until what they will look up has come into the caches.
#include "ingest/log_worker.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace seatlint {
namespace {

constexpr std::size_t lead = 24;  // rows between looking into the table and into what it points to

std::uint64_t hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

/// Letters, digits and signs that mean themselves in every login.
bool is_written_plainly(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '@' || c == '-' || c == '_';
  };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && std::all_of(text.begin(), text.end(), plain);
}

std::size_t behind_last(const ActivityColumns& mapped) {
  std::size_t last = mapped.time;
  for (const std::vector<std::size_t>* columns : {&mapped.actor, &mapped.action})
    for (const std::size_t column : *columns) last = std::max(last, column);
  return last + 1;
}

}  // namespace

LogPlan::LogPlan(Decoder& rows, ActivityCollector& days, const ActivityColumns& mapped, const csv::Dialect& written,
                 std::size_t fields, bool keeps)
    : decoder(rows),
      collector(days),
      columns(mapped),
      dialect(written),
      width(fields),
      read_width(behind_last(mapped)),
      keep(keeps) {}

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
  if (action.stored()) {
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

void LogWorker::read(const csv::Block& block, BlockTally& tally) {
  csv::BlockRows rows(block, plan_.dialect, plan_.read_width);
  while (rows.next()) {
    ++tally.rows;
    if (rows.fields() != plan_.width || !take(rows, pending_[waiting_], joined_[waiting_])) {
      tally.slow.push_back({rows.begin(), rows.end(), rows.line()});
      continue;
    }
    const ActorTable& actors = plan_.collector.actors();
    actors.prefetch(pending_[waiting_].hash);
    if (waiting_ >= lead) actors.prefetch_cells(pending_[waiting_ - lead].hash);
    if (++waiting_ == pending_.size()) settle(block, tally);
  }
  settle(block, tally);
  std::sort(tally.slow.begin(), tally.slow.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
}

/// False where the row is not for this path.
bool LogWorker::take(const csv::BlockRows& rows, Pending& row, std::string& joined) {
  std::string_view time = rows.raw(plan_.columns.time);
  if (!time.empty() && time.front() == plan_.dialect.quote) {
    time = time.substr(1, time.size() - 2);
    if (time.find(plan_.dialect.quote) != std::string_view::npos) return false;
  }
  const auto day = days_.read(time);
  if (!day || !ActivityCollector::keeps(*day)) return false;
  row.day = *day;
  row.line = rows.line();
  row.begin = rows.begin();
  row.end = rows.end();
  row.action = action(cells(rows, plan_.columns.action, action_cells_), rows);
  if (row.action == nullptr) return false;
  row.actor = cells(rows, plan_.columns.actor, joined);
  row.hash = hash_of(row.actor);
  return row.actor.size() <= ActorTable::longest_cell;
}

/// The cells as they stand; several are put together.
std::string_view LogWorker::cells(const csv::BlockRows& rows, const std::vector<std::size_t>& columns,
                                  std::string& joined) const {
  if (columns.size() == 1) return rows.raw(columns.front());
  joined.clear();
  for (const std::size_t column : columns) joined.append(rows.raw(column)).append(1, '\x1f');
  return joined;
}

const KnownAction* LogWorker::action(std::string_view cells, const csv::BlockRows& rows) {
  const std::uint64_t hash = hash_of(cells);
  std::size_t at = hash & (actions_.size() - 1);
  for (; actions_[at].action != nullptr; at = (at + 1) & (actions_.size() - 1))
    if (actions_[at].hash == hash && actions_[at].action->cells == cells) return actions_[at].action;
  const KnownAction* known = plan_.action(cells, rows.text());
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

void LogWorker::settle(const csv::Block& block, BlockTally& tally) {
  for (std::size_t i = waiting_ - std::min(waiting_, lead); i < waiting_; ++i)
    plan_.collector.actors().prefetch_cells(pending_[i].hash);
  for (std::size_t i = 0; i < waiting_; ++i) find(pending_[i], block, tally);
  for (std::size_t i = 0; i < waiting_; ++i)
    if (pending_[i].found.known) count(pending_[i], tally);
  waiting_ = 0;
}

void LogWorker::find(Pending& row, const csv::Block& block, BlockTally& tally) {
  row.found = plan_.collector.actors().find(row.hash, row.actor);
  if (!row.found.known) {
    const std::string_view text(block.memory.get() + row.begin, row.end - row.begin);
    if (const auto told = plan_.actor(row.hash, row.actor, text)) {
      row.found = *told;
    } else {
      tally.slow.push_back({row.begin, row.end, row.line});
    }
  }
  rows_.prefetch(row.found.partition);
}

void LogWorker::count(const Pending& row, BlockTally& tally) {
  const KnownAction& action = *row.action;
  if (action.number >= tally.by_action.size()) tally.by_action.resize(action.number + std::size_t{1});
  BlockTally::Rows& rows = tally.by_action[action.number];
  ++rows.all;
  const bool skipped = !action.meaning.skipped.empty();
  if (!skipped || action.meaning.covers) {
    if (!tally.days) tally.days = DayRange{row.day, row.day}, tally.first = {row.line, row.day};
    tally.days->first = std::min(tally.days->first, row.day);
    tally.days->last = std::max(tally.days->last, row.day);
    tally.last = {row.line, row.day};
  }
  if (skipped) return;
  if (row.found.actor == ActorTable::nobody) {
    ++rows.of_nobody;
    return;
  }
  if (!plan_.keep || !action.stored()) return;
  rows_.add(row.found.partition, {row.found.actor, action.handle, static_cast<std::uint16_t>(row.day.days),
                                  static_cast<std::uint32_t>(row.line - plan_.collector.base_line())});
}

}  // namespace seatlint
