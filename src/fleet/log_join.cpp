// SPDX-License-Identifier: Apache-2.0
// Joins are late: activity is stored under the identity the log names and finds its account here, so that the order
// of imports never matters.
#include "fleet/log_join.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <span>

#include "base/in_parallel.hpp"
#include "fleet/accounts.hpp"
#include "store/log_rows.hpp"

namespace seatlint {
namespace {

/// Packed identities, several blocks of one file.
struct Batch {
  std::size_t number = 0;
  int file = 0;
  std::string bytes;
  std::vector<std::size_t> ends;  ///< of the blocks
};

/// All blocks of all logs, in the order of import. Threads take some in turn.
class Source {
 public:
  Source(const Store& store, const Fleet& fleet) : store_(store) {
    for (std::size_t i = 0; i < fleet.files.size(); ++i)
      if (fleet.files[i].kind == RecordKind::activity) logs_[fleet.files[i].id] = static_cast<int>(i);
    next_ = logs_.begin();
  }

  bool take(Batch& batch) {
    constexpr std::size_t at_a_time = 16;
    const std::lock_guard lock(one_at_a_time_);
    batch.bytes.clear();
    batch.ends.clear();
    while (batch.ends.size() < at_a_time) {
      if (const auto block = open_ ? open_->next() : std::nullopt) {
        batch.bytes += *block;
        batch.ends.push_back(batch.bytes.size());
        continue;
      }
      open_.reset();
      if (!batch.ends.empty()) break;
      if (next_ == logs_.end()) return false;
      open_.emplace(store_.database(), next_->first);
      batch.file = next_++->second;
    }
    batch.number = count_++;
    return true;
  }

  /// Batches given out so far.
  std::size_t count() const { return count_; }

 private:
  const Store& store_;
  std::map<std::int64_t, int> logs_;  ///< by the store's number
  std::map<std::int64_t, int>::const_iterator next_;
  std::optional<LogBlockCursor> open_;
  std::size_t count_ = 0;
  std::mutex one_at_a_time_;
};

struct Joined {
  struct Known {
    LoggedBlock* block = nullptr;
    int account = 0;  ///< index into Fleet::accounts
  };
  std::size_t batch = 0;
  std::vector<Known> known;
  std::vector<NamedBlock> strangers;
};

class LogJoin {
 public:
  LogJoin(const Fleet& fleet, const AccountIndex& accounts) : accounts_(accounts) {
    for (const ImportedFile& file : fleet.files)
      scopes_.push_back(accounts_.scope(fleet.org_index(file.org), file.vendor));
  }

  /// What `rows` say goes to `memory`.
  Joined join(std::span<const NamedBlock> rows, Arena& memory) const {
    std::vector<AccountIndex::Asked> asked;
    asked.reserve(rows.size());
    for (const NamedBlock& row : rows)
      asked.push_back({scopes_[static_cast<std::size_t>(row.logged.file)], row.id, row.login, row.email});
    std::vector<int> found(rows.size());
    accounts_.find(asked, found);
    Joined joined;
    joined.known.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      LoggedBlock logged = rows[i].logged;
      if (found[i] >= 0) {
        // What a block says stands behind it: who asks for one asks for both, and in an order of his own.
        auto* const block = new (memory.room<LoggedBlock>(1)) LoggedBlock(logged);
        block->facts = memory.keep(logged.facts);
        joined.known.push_back({block, found[i]});
        continue;
      }
      logged.facts = memory.keep(logged.facts);
      joined.strangers.push_back({logged, memory.keep(rows[i].id), memory.keep(rows[i].login),
                                  memory.keep(rows[i].email), found[i] == AccountIndex::ambiguous});
    }
    return joined;
  }

 private:
  const AccountIndex& accounts_;
  std::vector<AccountIndex::Scope> scopes_;  ///< by file
};

/// On all processors, while the next are read.
std::vector<Joined> join_all(const LogJoin& join, Source& source, Fleet& fleet) {
  const std::size_t parts = part_count(fleet.accounts.size(), fewest_accounts);
  std::vector<std::vector<Joined>> joined(parts);
  std::vector<std::shared_ptr<Arena>> memory;
  for (std::size_t part = 0; part < parts; ++part)
    memory.push_back(fleet.memory.emplace_back(std::make_shared<Arena>()));
  in_parallel(parts, 1, [&](std::size_t, std::size_t, std::size_t part) {
    std::vector<NamedBlock> rows;
    for (Batch batch; source.take(batch);) {
      rows.clear();
      std::size_t begin = 0;
      for (const std::size_t end : batch.ends) {
        LogRow row;
        for (LogBlockReader reader(std::string_view(batch.bytes).substr(begin, end - begin)); reader.next(row);)
          rows.push_back(
              {{batch.file, static_cast<std::uint64_t>(row.actor), row.facts, nullptr}, row.id, row.login, row.email});
        begin = end;
      }
      joined[part].push_back(join.join(rows, *memory[part]));
      joined[part].back().batch = batch.number;
    }
  });
  std::vector<Joined> all(source.count());
  for (std::vector<Joined>& some : joined)
    for (Joined& one : some) all[one.batch] = std::move(one);
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
          rows.push_back({{file->second, block.actor, memory.keep(block.facts), nullptr},
                          memory.keep(block.id),
                          memory.keep(block.login),
                          memory.keep(block.email)});
      },
      &only);
  return rows;
}

/// Each account's blocks name each other, in the order of import; strangers stand in that order.
JoinedLogs chained(std::vector<Joined> all, std::size_t accounts) {
  JoinedLogs logs;
  logs.first_of.assign(accounts, nullptr);
  for (auto some = all.rbegin(); some != all.rend(); ++some)
    for (auto one = some->known.rbegin(); one != some->known.rend(); ++one) {
      LoggedBlock*& first = logs.first_of[static_cast<std::size_t>(one->account)];
      if (first != nullptr) one->block->next = first;
      first = one->block;
    }
  for (Joined& one : all) logs.strangers.insert(logs.strangers.end(), one.strangers.begin(), one.strangers.end());
  return logs;
}

}  // namespace

JoinedLogs join_logs(const Store& store, Fleet& fleet, const AccountIndex& accounts, const Selection* only) {
  const LogJoin join(fleet, accounts);
  std::vector<Joined> all;
  if (only == nullptr) {
    Source source(store, fleet);
    all = join_all(join, source, fleet);
  } else {
    all.push_back(join.join(selected_rows(store, fleet, *only), *fleet.memory.front()));
  }
  return chained(std::move(all), fleet.accounts.size());
}

}  // namespace seatlint
