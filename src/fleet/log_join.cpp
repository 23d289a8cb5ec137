// SPDX-License-Identifier: Apache-2.0
// Joins are late: activity is stored under the identity the log names and finds its account here, so that the order
// of imports never matters.
#include "fleet/log_join.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "base/in_parallel.hpp"
#include "store/log_rows.hpp"

namespace seatlint {
namespace {

/// Packed identities of one file.
struct PackedRows {
  int file = 0;
  std::string_view rows;
};

class LogJoin {
 public:
  LogJoin(const Fleet& fleet, const AccountIndex& accounts) : accounts_(accounts) {
    for (const ImportedFile& file : fleet.files)
      scopes_.push_back(accounts_.scope(fleet.org_index(file.org), file.vendor));
  }

  JoinedLogs join(const std::vector<PackedRows>& all) const {
    constexpr std::size_t fewest = 64;  // for which a thread is worth its while
    JoinedLogs logs;
    logs.blocks.resize(all.size());
    logs.strangers.resize(all.size());
    in_parallel(all.size(), fewest, [&](std::size_t first, std::size_t last, std::size_t) {
      std::vector<NamedBlock> rows;
      for (std::size_t i = first; i < last; ++i) {
        rows.clear();
        LogRow row;
        for (LogBlockReader reader(all[i].rows); reader.next(row);)
          rows.push_back(
              {{all[i].file, static_cast<std::uint64_t>(row.actor), row.facts}, row.id, row.login, row.email});
        join(rows, logs.blocks[i], logs.strangers[i]);
      }
    });
    return logs;
  }

  /// Rows of several files.
  JoinedLogs join(std::span<const NamedBlock> rows) const {
    JoinedLogs logs;
    join(rows, logs.blocks.emplace_back(), logs.strangers.emplace_back());
    return logs;
  }

 private:
  const AccountIndex& accounts_;
  std::vector<AccountIndex::Scope> scopes_;  ///< by file

  void join(std::span<const NamedBlock> rows, std::vector<JoinedBlock>& joined,
            std::vector<NamedBlock>& strangers) const {
    std::vector<AccountIndex::Asked> asked;
    asked.reserve(rows.size());
    for (const NamedBlock& row : rows)
      asked.push_back({scopes_[static_cast<std::size_t>(row.logged.file)], row.id, row.login, row.email});
    std::vector<int> found(rows.size());
    accounts_.find(asked, found);
    joined.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (found[i] >= 0) {
        joined.push_back({found[i], nullptr, rows[i].logged});
      } else {
        strangers.push_back(rows[i]);
        strangers.back().several = found[i] == AccountIndex::ambiguous;
      }
    }
  }
};

std::vector<PackedRows> all_rows(const Store& store, const Fleet& fleet) {
  Arena& memory = *fleet.memory.front();
  std::map<std::int64_t, int> logs;  // by the store's number
  for (std::size_t i = 0; i < fleet.files.size(); ++i)
    if (fleet.files[i].kind == RecordKind::activity) logs[fleet.files[i].id] = static_cast<int>(i);
  std::vector<PackedRows> all;
  for (const auto& [id, log] : logs)
    each_log_block(store.database(), id, [&, log = log](std::string_view rows) {
      all.push_back({log, memory.keep(rows)});
    });
  return all;
}

std::vector<NamedBlock> selected_rows(const Store& store, const Fleet& fleet, const Selection& only) {
  Arena& memory = *fleet.memory.front();
  std::map<std::int64_t, int> files;  // by the store's number
  for (std::size_t i = 0; i < fleet.files.size(); ++i) files[fleet.files[i].id] = static_cast<int>(i);
  std::vector<NamedBlock> rows;
  store.each_block(
      [&](const StoredBlock& block) {
        if (const auto file = files.find(block.file); file != files.end())
          rows.push_back({{file->second, block.actor, memory.keep(block.facts)},
                          memory.keep(block.id),
                          memory.keep(block.login),
                          memory.keep(block.email)});
      },
      &only);
  return rows;
}

/// Puts each account's blocks into one list.
void chain(JoinedLogs& logs, std::size_t accounts) {
  logs.first_of.assign(accounts, nullptr);
  for (auto some = logs.blocks.rbegin(); some != logs.blocks.rend(); ++some)
    for (auto block = some->rbegin(); block != some->rend(); ++block) {
      JoinedBlock*& first = logs.first_of[static_cast<std::size_t>(block->account)];
      block->next = first;
      first = &*block;
    }
}

}  // namespace

JoinedLogs join_logs(const Store& store, const Fleet& fleet, const AccountIndex& accounts, const Selection* only) {
  const LogJoin join(fleet, accounts);
  JoinedLogs logs = only == nullptr ? join.join(all_rows(store, fleet)) : join.join(selected_rows(store, fleet, *only));
  chain(logs, fleet.accounts.size());
  return logs;
}

}  // namespace seatlint
