// SPDX-License-Identifier: Apache-2.0
// Days as packed in logs, and those of last-activity columns, on the grid of DayView.
#include <algorithm>
#include <cstring>

#include "ingest/activity_block.hpp"
#include "seatlint/fleet.hpp"

namespace seatlint {

/// `mark` sets the days in as many zeroed bytes as reach from the one with `first` to `last`; those behind `until` are
/// taken away.
void Uses::add(int action, Day first, Day last, const auto& mark, Day until) {
  const Day base{first.days / 8 * 8};
  auto size = static_cast<std::uint32_t>((last - base) / 8 + 1);
  const std::size_t start = used_;
  used_ += size;
  if (used_ > bytes_.size()) bytes_.resize(used_ * 2);
  std::uint8_t* const grid = bytes_.data() + start;
  std::memset(grid, 0, size);
  mark(grid);
  if (until < last) {
    const auto end = static_cast<std::uint32_t>(until - base);
    size = end / 8 + 1;
    grid[end / 8] &= static_cast<std::uint8_t>(0xFFu << (7 - end % 8));
    while (grid[size - 1] == 0) --size;
  }
  uses_.push_back({action, {base, size, nullptr}});
  starts_.push_back(start);
}

/// One use an action, in the order of actions.
void Uses::settle() {
  for (std::size_t i = 0; i < uses_.size(); ++i) uses_[i].days.bytes = bytes_.data() + starts_[i];
  const auto before = [](const Use& a, const Use& b) { return a.action < b.action; };
  if (!std::is_sorted(uses_.begin(), uses_.end(), before)) std::stable_sort(uses_.begin(), uses_.end(), before);
  std::size_t last = 0;
  for (std::size_t i = 1; i < uses_.size(); ++i) {
    if (uses_[i].action != uses_[last].action) {
      uses_[++last] = uses_[i];
      continue;
    }
    DayBits& both = united_.emplace_back();
    both.merge(uses_[last].days);
    both.merge(uses_[i].days);
    uses_[last].days = both.view();
  }
  if (!uses_.empty()) uses_.resize(last + 1);
}

std::span<const Use> Uses::of(const Fleet& fleet, const Account& account) {
  uses_.clear();
  starts_.clear();
  used_ = 0;
  united_.clear();
  for (const LoggedBlock& block : account.blocks) {
    const std::vector<int>& actions = fleet.log_actions[static_cast<std::size_t>(block.file)];
    FactReader facts(block.facts);
    for (PackedFact fact; facts.next(fact);)
      if (fact.first <= fleet.as_of)
        add(
            actions.at(fact.action), fact.first, fact.last, [&](std::uint8_t* grid) { fact.mark(grid); }, fleet.as_of);
  }
  for (const ColumnDay& column : account.column_days()) {
    const auto mark = [&](std::uint8_t* grid) { *grid = static_cast<std::uint8_t>(0x80u >> (column.day.days % 8)); };
    add(column.action, column.day, column.day, mark, column.day);
  }
  settle();
  return uses_;
}

}  // namespace seatlint
