// SPDX-License-Identifier: Apache-2.0
// Accounts are independent of each other here, so that all processors unpack.
#include "fleet/attach_activity.hpp"

#include <algorithm>
#include <deque>

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

/// Vendors of which some account has column days, in the order of accounts.
std::vector<std::string_view> vendors_with_columns(const Fleet& fleet) {
  std::vector<std::vector<std::string_view>> by_part(part_count(fleet.accounts.size(), fewest_accounts));
  const auto add = [](std::vector<std::string_view>& vendors, std::string_view vendor) {
    if (std::find(vendors.rbegin(), vendors.rend(), vendor) == vendors.rend()) vendors.push_back(vendor);
  };
  in_parallel(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
    for (std::size_t i = first; i < last; ++i)
      if (!fleet.accounts[i].column_days().empty()) add(by_part[part], fleet.accounts[i].vendor);
  });
  for (std::size_t part = 1; part < by_part.size(); ++part)
    for (const std::string_view vendor : by_part[part]) add(by_part.front(), vendor);
  return by_part.front();
}

std::vector<ColumnActions> add_column_actions(Fleet& fleet) {
  std::vector<ColumnActions> actions;
  const auto add = [&](std::string_view vendor, bool machine) {
    FleetAction action{std::string(vendor), "session", "sign-in", "", "", machine, true, true, {}};
    action.features.set(0);
    fleet.actions.push_back(std::move(action));
    return static_cast<int>(fleet.actions.size()) - 1;
  };
  for (const std::string_view vendor : vendors_with_columns(fleet)) {
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
  Attacher(const Fleet& fleet, const std::vector<ColumnActions>& columns, const std::vector<LogBounds>& bounds)
      : fleet_(fleet), columns_(columns), bounds_(bounds) {
    newest_.by_file.resize(fleet.files.size());
  }

  /// Whether a log's facts from `action` on may say something new, of an account with or without column days.
  bool asks(int file, std::uint32_t action, bool column_days) const {
    const LogBounds& bounds = bounds_[static_cast<std::size_t>(file)];
    return (column_days && action < bounds.sign_ins) || newest_.by_file[static_cast<std::size_t>(file)] < bounds.newest;
  }

  void build(Account& account, const LoggedBlock* blocks) {
    account.blocks = BlockChain(blocks);
    signed_in_.assign(account.column_days().size(), {});
    for (const LoggedBlock& block : account.blocks) read(account, block);
    settle_columns(account);
  }

  const NewestDays& newest() const { return newest_; }

 private:
  /// Who signed in on a day, by the logs of the account's vendor.
  struct SignedIn {
    bool human = false, machine = false;
  };

  const Fleet& fleet_;
  const std::vector<ColumnActions>& columns_;
  const std::vector<LogBounds>& bounds_;  ///< by file
  NewestDays newest_;
  decltype(NewestDays::by_column)::iterator feed_ = newest_.by_column.end();  ///< mostly that of the next one, too
  std::vector<SignedIn> signed_in_;                                           ///< on each of the account's column days
  std::vector<std::uint8_t> grid_;

  void read(const Account& account, const LoggedBlock& block) {
    const std::span<const ColumnDay> days = account.column_days();
    const std::vector<int>& actions = fleet_.log_actions[static_cast<std::size_t>(block.file)];
    std::optional<Day>& newest = newest_.by_file[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; asks(block.file, fact.action, !days.empty()) && facts.next(fact);) {
      if (fleet_.as_of < fact.first) continue;
      const FleetAction& action = fleet_.actions[static_cast<std::size_t>(actions.at(fact.action))];
      const bool signs_in = !days.empty() && action.sign_in && action.vendor == account.vendor;
      const DayView all = signs_in || fleet_.as_of < fact.last ? days_of(fact) : DayView{};
      newest = std::max(newest, fleet_.as_of < fact.last ? all.last_until(fleet_.as_of) : std::optional(fact.last));
      for (std::size_t i = 0; signs_in && i < days.size(); ++i)
        if (all.test(days[i].day)) (action.machine ? signed_in_[i].machine : signed_in_[i].human) = true;
    }
  }

  /// Valid until the next call.
  DayView days_of(const PackedFact& fact) {
    const Day base{fact.first.days / 8 * 8};
    grid_.assign(static_cast<std::size_t>((fact.last - base) / 8 + 1), 0);
    fact.mark(grid_.data());
    return {base, static_cast<std::uint32_t>(grid_.size()), grid_.data()};
  }

  void settle_columns(Account& account) {
    const std::span<ColumnDay> days = account.column_days();
    if (days.empty()) return;
    const auto column = std::find_if(columns_.begin(), columns_.end(),
                                     [&](const ColumnActions& one) { return one.vendor == account.vendor; });
    for (std::size_t i = 0; i < days.size(); ++i) {
      const bool by_machine = signed_in_[i].machine && !signed_in_[i].human;
      if (account.last_activity().kind == LastActivity::Kind::on && account.last_activity().day == days[i].day)
        account.last_activity_machine = by_machine;
      days[i].action = by_machine ? column->machine : column->human;
    }
    if (feed_ == newest_.by_column.end() || feed_->first.first != account.org || feed_->first.second != account.vendor)
      feed_ = newest_.by_column.try_emplace({account.org, account.vendor}, days.back().day).first;
    feed_->second = std::max(feed_->second, days.back().day);
  }
};

/// Logs and accounts are in different orders: what is read soon is not in the cache.
void fetch_facts(const LoggedBlock* block, const Attacher& for_whom) {
  constexpr std::size_t most = 512;
  if (block != nullptr && for_whom.asks(block->file, 0, true))
    fetch(block->facts.data(), std::min(block->facts.size(), most));
}

}  // namespace

NewestDays attach_activity(Fleet& fleet, const JoinedLogs& logs) {
  constexpr std::size_t soon = 4, later = 8;
  constexpr std::size_t usual = 2 * sizeof(LoggedBlock);  // of a block with what it says
  const std::vector<ColumnActions> columns = add_column_actions(fleet);
  const std::vector<LogBounds> bounds = bounds_of_logs(fleet);
  std::deque<Attacher> attachers;  // by part
  for (std::size_t part = 0; part < part_count(fleet.accounts.size(), fewest_accounts); ++part)
    attachers.emplace_back(fleet, columns, bounds);
  in_pieces(fleet.accounts.size(), fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
    for (std::size_t i = first; i < last; ++i) {
      fetch(logs.first_of[std::min(i + later, last - 1)], usual);
      fetch_facts(logs.first_of[std::min(i + soon, last - 1)], attachers[part]);
      attachers[part].build(fleet.accounts[i], logs.first_of[i]);
    }
  });
  NewestDays newest = attachers.front().newest();
  for (std::size_t part = 1; part < attachers.size(); ++part) {
    const NewestDays& more = attachers[part].newest();
    for (std::size_t i = 0; i < newest.by_file.size(); ++i)
      newest.by_file[i] = std::max(newest.by_file[i], more.by_file[i]);
    for (const auto& [feed, day] : more.by_column) {
      Day& known = newest.by_column.try_emplace(feed, day).first->second;
      known = std::max(known, day);
    }
  }
  return newest;
}

}  // namespace seatlint
