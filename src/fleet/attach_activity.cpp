// SPDX-License-Identifier: Apache-2.0
// Accounts are independent of each other here, so that all processors unpack.
#include "fleet/attach_activity.hpp"

#include <algorithm>

#include "base/fetch.hpp"
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

/// How much of a log there is to learn here.
struct LogBounds {
  Day newest;                  ///< no day of it is later, as far as the audit looks
  std::uint32_t sign_ins = 0;  ///< numbers of sign-ins are below
};

std::vector<LogBounds> bounds_of_logs(const Fleet& fleet) {
  std::vector<LogBounds> bounds(fleet.files.size());
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const std::optional<DayRange>& days = fleet.files[i].days;
    bounds[i].newest = days ? std::min(days->last, fleet.as_of) : fleet.as_of;
    const std::vector<int>& actions = fleet.log_actions[i];
    for (std::size_t number = 0; number < actions.size(); ++number)
      if (fleet.actions[static_cast<std::size_t>(actions[number])].sign_in)
        bounds[i].sign_ins = static_cast<std::uint32_t>(number) + 1;
  }
  return bounds;
}

/// Takes what is needed account by account; one for each thread.
class Attacher {
 public:
  Attacher(Fleet& fleet, const std::vector<ColumnActions>& columns, const std::vector<LogBounds>& bounds, Arena& memory)
      : fleet_(fleet), columns_(columns), bounds_(bounds), memory_(memory), newest_(fleet.files.size()) {}

  /// Whether a log's facts from `action` on may say something new, of an account with or without column days.
  bool asks(int file, std::uint32_t action, bool column_days) const {
    const LogBounds& bounds = bounds_[static_cast<std::size_t>(file)];
    return (column_days && action < bounds.sign_ins) || newest_[static_cast<std::size_t>(file)] < bounds.newest;
  }

  void build(Account& account, const LoggedBlock* blocks, std::span<const std::pair<int, Day>> days) {
    account.blocks = BlockChain(blocks);
    signed_in_.assign(days.size(), {});
    for (const LoggedBlock& block : account.blocks) read(account, block, days);
    add_column_days(account, days);
  }

  const std::vector<std::optional<Day>>& newest() const { return newest_; }

 private:
  /// Who signed in on a day, by the logs of the account's vendor.
  struct SignedIn {
    bool human = false, machine = false;
  };

  Fleet& fleet_;
  const std::vector<ColumnActions>& columns_;
  const std::vector<LogBounds>& bounds_;  ///< by file
  Arena& memory_;
  std::vector<std::optional<Day>> newest_;  ///< by file
  std::vector<SignedIn> signed_in_;         ///< on each of the account's column days
  std::vector<std::uint8_t> grid_;
  std::vector<ColumnDay> named_;

  void read(const Account& account, const LoggedBlock& block, std::span<const std::pair<int, Day>> days) {
    const std::vector<int>& actions = fleet_.log_actions[static_cast<std::size_t>(block.file)];
    std::optional<Day>& newest = newest_[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; asks(block.file, fact.action, !days.empty()) && facts.next(fact);) {
      if (fleet_.as_of < fact.first) continue;
      const FleetAction& action = fleet_.actions[static_cast<std::size_t>(actions.at(fact.action))];
      const bool signs_in = !days.empty() && action.sign_in && action.vendor == account.vendor;
      const DayView all = signs_in || fleet_.as_of < fact.last ? days_of(fact) : DayView{};
      newest = std::max(newest, fleet_.as_of < fact.last ? all.last_until(fleet_.as_of) : std::optional(fact.last));
      for (std::size_t i = 0; signs_in && i < days.size(); ++i)
        if (all.test(days[i].second)) (action.machine ? signed_in_[i].machine : signed_in_[i].human) = true;
    }
  }

  /// Valid until the next call.
  DayView days_of(const PackedFact& fact) {
    const Day base{fact.first.days / 8 * 8};
    grid_.assign(static_cast<std::size_t>((fact.last - base) / 8 + 1), 0);
    fact.mark(grid_.data());
    return {base, static_cast<std::uint32_t>(grid_.size()), grid_.data()};
  }

  void add_column_days(Account& account, std::span<const std::pair<int, Day>> days) {
    named_.clear();
    for (std::size_t i = 0; i < days.size(); ++i) {
      const Day day = days[i].second;
      const bool by_machine = signed_in_[i].machine && !signed_in_[i].human;
      if (account.last_activity.kind == LastActivity::Kind::on && account.last_activity.day == day)
        account.last_activity_machine = by_machine;
      const auto column = std::find_if(columns_.begin(), columns_.end(),
                                       [&](const ColumnActions& one) { return one.vendor == account.vendor; });
      named_.push_back({day, by_machine ? column->machine : column->human});
    }
    account.column_days = memory_.keep_list<ColumnDay>(named_);
  }
};

/// Logs and accounts are in different orders: what is read soon is not in the cache.
void fetch_facts(const LoggedBlock* block, const Attacher& for_whom) {
  constexpr std::size_t most = 512;
  if (block != nullptr && for_whom.asks(block->file, 0, true))
    fetch(block->facts.data(), std::min(block->facts.size(), most));
}

}  // namespace

std::vector<std::optional<Day>> attach_activity(Fleet& fleet, const JoinedLogs& logs, const ColumnDays& days) {
  const std::vector<ColumnActions> columns = add_column_actions(fleet, days);
  constexpr std::size_t soon = 4, later = 8;
  const std::size_t parts = part_count(fleet.accounts.size(), fewest_accounts);
  const std::vector<LogBounds> bounds = bounds_of_logs(fleet);
  std::vector<Attacher> attachers;
  for (std::size_t part = 0; part < parts; ++part) {
    fleet.memory.push_back(std::make_shared<Arena>());
    attachers.emplace_back(fleet, columns, bounds, *fleet.memory.back());
  }
  in_parallel(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
    const auto start = std::lower_bound(days.begin(), days.end(), std::pair(static_cast<int>(first), Day{INT32_MIN}));
    auto day = days.begin() + (start - days.begin());
    for (std::size_t i = first; i < last; ++i) {
      fetch_line(logs.first_of[std::min(i + later, last - 1)]);
      fetch_facts(logs.first_of[std::min(i + soon, last - 1)], attachers[part]);
      const auto from = day;
      while (day != days.end() && day->first == static_cast<int>(i)) ++day;
      attachers[part].build(fleet.accounts[i], logs.first_of[i], {from, day});
    }
  });
  std::vector<std::optional<Day>> newest(fleet.files.size());
  for (const Attacher& one : attachers)
    for (std::size_t i = 0; i < newest.size(); ++i) newest[i] = std::max(newest[i], one.newest()[i]);
  return newest;
}

}  // namespace seatlint
