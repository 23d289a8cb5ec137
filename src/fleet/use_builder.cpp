// SPDX-License-Identifier: Apache-2.0
// Accounts are independent of each other here, so that all processors unpack.
#include "fleet/use_builder.hpp"

#include <algorithm>
#include <cstring>

#include "base/in_parallel.hpp"
#include "ingest/activity_block.hpp"

namespace seatlint {
namespace {

/// A snapshot's own last-activity values are days of use, too: machine ones where the log saw only a machine sign in.
struct ColumnActions {
  std::string_view vendor;
  int human = 0, machine = 0;
};

std::vector<ColumnActions> add_column_actions(Fleet& fleet, const ColumnDays& days) {
  std::vector<ColumnActions> actions;
  const auto add = [&](std::string_view vendor, bool machine) {
    FleetAction action{std::string(vendor), "session", "sign-in", "", "", machine, true, true, {}};
    action.features.set(0);
    fleet.actions.push_back(std::move(action));
    return static_cast<int>(fleet.actions.size()) - 1;
  };
  for (const auto& [account, day] : days) {
    const std::string_view vendor = fleet.accounts[static_cast<std::size_t>(account)].vendor;
    const auto known = [&](const ColumnActions& one) { return one.vendor == vendor; };
    if (std::any_of(actions.begin(), actions.end(), known)) continue;
    const int human = add(vendor, false);
    actions.push_back({vendor, human, add(vendor, true)});
  }
  return actions;
}

/// Unpacks account by account; one for each thread.
class Unpacker {
 public:
  Unpacker(Fleet& fleet, const std::vector<ColumnActions>& columns, Arena& memory)
      : fleet_(fleet), columns_(columns), memory_(memory), newest_(fleet.files.size()) {}

  void unpack(Account& account, std::span<const JoinedBlock> blocks, std::span<const std::pair<int, Day>> days) {
    uses_.clear();
    for (const JoinedBlock& block : blocks) add(block.logged);
    for (const auto& [index, day] : days) add_column_day(account, day);
    settle();
    account.uses = kept(std::span<const Use>(uses_));
    LoggedBlock* logged = memory_.room<LoggedBlock>(blocks.size());
    account.blocks = {logged, blocks.size()};
    actors_.clear();
    for (const JoinedBlock& block : blocks) {
      *logged++ = block.logged;
      if (std::find(actors_.begin(), actors_.end(), block.actor) == actors_.end()) actors_.push_back(block.actor);
    }
    account.actors = kept(std::span<const std::uint64_t>(actors_));
  }

  const std::vector<std::optional<Day>>& newest() const { return newest_; }

 private:
  Fleet& fleet_;
  const std::vector<ColumnActions>& columns_;
  Arena& memory_;
  std::vector<std::optional<Day>> newest_;  ///< by file
  std::vector<Use> uses_;                   ///< of the account at hand, like the next
  std::vector<std::uint64_t> actors_;

  template <typename Value>
  std::span<const Value> kept(std::span<const Value> values) {
    Value* room = memory_.room<Value>(values.size());
    std::copy(values.begin(), values.end(), room);
    return {room, values.size()};
  }

  void add(const LoggedBlock& block) {
    const std::vector<int>& actions = fleet_.log_actions[static_cast<std::size_t>(block.file)];
    std::optional<Day>& newest = newest_[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);) {
      if (fleet_.as_of < fact.first) continue;
      const DayView days = days_of(fact);
      newest = std::max(newest, std::optional(days.last()));
      uses_.push_back({actions.at(fact.action), days});
    }
  }

  /// The days up to the audit date.
  DayView days_of(const PackedFact& fact) {
    const Day base{fact.first.days / 8 * 8};
    auto size = static_cast<std::uint32_t>((fact.last - base) / 8 + 1);
    auto* grid = memory_.room<std::uint8_t>(size);
    std::memset(grid, 0, size);
    fact.mark(grid);
    if (fleet_.as_of < fact.last) {
      const auto end = static_cast<std::uint32_t>(fleet_.as_of - base);
      size = end / 8 + 1;
      grid[end / 8] &= static_cast<std::uint8_t>(0xFFu << (7 - end % 8));
      while (grid[size - 1] == 0) --size;
    }
    return {base, size, grid};
  }

  void add_column_day(Account& account, Day day) {
    bool machine = false, human = false;
    for (const Use& use : uses_) {
      const FleetAction& action = fleet_.actions[static_cast<std::size_t>(use.action)];
      if (!action.sign_in || action.from_column || action.vendor != account.vendor || !use.days.test(day)) continue;
      (action.machine ? machine : human) = true;
    }
    const bool by_machine = machine && !human;
    if (account.last_activity.kind == LastActivity::Kind::on && account.last_activity.day == day)
      account.last_activity_machine = by_machine;
    const auto column = std::find_if(columns_.begin(), columns_.end(),
                                     [&](const ColumnActions& one) { return one.vendor == account.vendor; });
    auto* grid = memory_.room<std::uint8_t>(1);
    *grid = static_cast<std::uint8_t>(0x80u >> (day.days % 8));
    uses_.push_back({by_machine ? column->machine : column->human, {Day{day.days / 8 * 8}, 1, grid}});
  }

  /// One use an action, in the order of actions: several files may tell of the same one.
  void settle() {
    const auto before = [](const Use& a, const Use& b) { return a.action < b.action; };
    if (!std::is_sorted(uses_.begin(), uses_.end(), before)) std::stable_sort(uses_.begin(), uses_.end(), before);
    std::size_t last = 0;
    for (std::size_t i = 1; i < uses_.size(); ++i) {
      if (uses_[i].action == uses_[last].action) {
        uses_[last].days = united(uses_[last].days, uses_[i].days);
      } else {
        uses_[++last] = uses_[i];
      }
    }
    if (!uses_.empty()) uses_.resize(last + 1);
  }

  DayView united(DayView a, DayView b) {
    DayBits both;
    both.merge(a);
    both.merge(b);
    return {both.base, static_cast<std::uint32_t>(both.bits.size()),
            kept(std::span<const std::uint8_t>(both.bits)).data()};
  }
};

/// By account; those of one account stay in their order.
std::vector<JoinedBlock> sorted(const std::vector<JoinedBlock>& blocks, std::vector<std::size_t>& starts) {
  for (const JoinedBlock& block : blocks) ++starts[static_cast<std::size_t>(block.account) + 1];
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  std::vector<JoinedBlock> out(blocks.size());
  std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
  for (const JoinedBlock& block : blocks) out[next[static_cast<std::size_t>(block.account)]++] = block;
  return out;
}

/// Logs and accounts are in different orders: what is unpacked soon is not in the cache.
void fetch(std::string_view facts) {
  constexpr std::size_t line = 64, most = 512;
  for (std::size_t at = 0; at < std::min(facts.size(), most); at += line) __builtin_prefetch(facts.data() + at);
}

}  // namespace

std::vector<std::optional<Day>> build_uses(Fleet& fleet, std::vector<JoinedBlock> blocks, const ColumnDays& days) {
  const std::vector<ColumnActions> columns = add_column_actions(fleet, days);
  std::vector<std::size_t> starts(fleet.accounts.size() + 1, 0);
  blocks = sorted(blocks, starts);
  constexpr std::size_t ahead = 4;
  const std::size_t parts = part_count(fleet.accounts.size(), fewest_accounts);
  std::vector<Unpacker> unpackers;
  for (std::size_t part = 0; part < parts; ++part) {
    fleet.memory.push_back(std::make_shared<Arena>());
    unpackers.emplace_back(fleet, columns, *fleet.memory.back());
  }
  in_parallel(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
    const auto start = std::lower_bound(days.begin(), days.end(), std::pair(static_cast<int>(first), Day{INT32_MIN}));
    auto day = days.begin() + (start - days.begin());
    for (std::size_t i = first; i < last; ++i) {
      if (const std::size_t soon = starts[std::min(i + ahead, last - 1)]; soon < blocks.size())
        fetch(blocks[soon].logged.facts);
      const auto from = day;
      while (day != days.end() && day->first == static_cast<int>(i)) ++day;
      unpackers[part].unpack(fleet.accounts[i], std::span(blocks).subspan(starts[i], starts[i + 1] - starts[i]),
                             {from, day});
    }
  });
  std::vector<std::optional<Day>> newest(fleet.files.size());
  for (const Unpacker& one : unpackers)
    for (std::size_t i = 0; i < newest.size(); ++i) newest[i] = std::max(newest[i], one.newest()[i]);
  return newest;
}

}  // namespace seatlint
