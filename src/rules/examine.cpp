// SPDX-License-Identifier: Apache-2.0
// Asks each row again for one account and keeps the answers.
#include "rules/examine.hpp"

#include <algorithm>

#include "rules/borderline.hpp"
#include "rules/judge.hpp"
#include "rules/nearest_change.hpp"
#include "rules/row_reason.hpp"
#include "rules/seat_case.hpp"
#include "rules/tier.hpp"

namespace seatlint {
namespace {

constexpr int longest_idle_days = 1100;  // three years: longer thresholds are nobody's policy

class Examination {
 public:
  Examination(const Fleet& fleet, const Judged& judged, int account)
      : fleet_(fleet),
        judged_(judged),
        index_(fleet),
        roles_(index_),
        duplicates_(find_duplicates(index_)),
        book_(index_, roles_, duplicates_),
        tiers_(index_),
        cases_(book_.cases(fleet.accounts[static_cast<std::size_t>(account)])) {
    for (const SeatCase& seat : cases_)
      if (row_of(seat) > row_unused_addon && is_asked(seat, row_underlicensed)) reached_.push_back(seat.seat_index);
  }

  std::vector<SeatPath> paths() {
    std::vector<SeatPath> paths;
    for (SeatCase& seat : cases_) {
      SeatPath path;
      path.seat = seat.seat_index;
      path.idle_days = seat.idle_days;
      path.grace_days = seat.grace_days;
      if (std::find(reached_.begin(), reached_.end(), seat.seat_index) != reached_.end()) path.tier = tier_of(seat, {});
      seat.tier = path.tier ? &*path.tier : nullptr;
      walk(seat, path);
      path.idle_band = idle_band(seat);
      path.grace_band = grace_band(seat);
      path.change = nearest_change(seat, judged_.seats[static_cast<std::size_t>(seat.seat_index)],
                                   [&](const FeatureSet& more) { return tier_of(seat, more); });
      seat.tier = nullptr;
      paths.push_back(std::move(path));
    }
    return paths;
  }

 private:
  const Fleet& fleet_;
  const Judged& judged_;
  FleetIndex index_;
  RoleFinder roles_;
  Losers duplicates_;
  CaseBook book_;
  TierBook tiers_;
  std::vector<SeatCase> cases_;
  std::vector<int> reached_;  ///< seats that came as far as row 14

  int row_of(const SeatCase& seat) const {
    const Rule* verdict = judged_.seats[static_cast<std::size_t>(seat.seat_index)].rule;
    for (int row = row_free; row <= row_used; ++row)
      if (&seat_rule(row) == verdict) return row;
    return row_used;
  }

  /// `more`: features taken for used, too.
  TierView tier_of(const SeatCase& asked, const FeatureSet& more) {
    std::vector<int> judged;
    FeatureSet used = more;
    const int vendor = index_.product(asked.seat.product).vendor;
    for (const SeatCase& seat : cases_) {
      const bool open = std::find(reached_.begin(), reached_.end(), seat.seat_index) != reached_.end();
      if (!open || index_.product(seat.seat.product).vendor != vendor) continue;
      judged.push_back(seat.seat_index);
      used |= seat.features_used;
    }
    const int role = asked.role == nullptr ? -1 : static_cast<int>(asked.role - fleet_.policy->roles.data());
    return tiers_.view(asked.account, std::move(judged), used, roles_.keeps(role, vendor));
  }

  static void walk(const SeatCase& seat, SeatPath& path) {
    for (int row = row_free; row <= row_used; ++row) {
      const Rule& rule = seat_rule(row);
      const bool asked = is_asked(seat, row);
      const bool applies = asked && rule.applies(seat);
      path.steps.push_back({&rule, asked, applies, applies ? std::string() : row_reason(seat, row, asked)});
      if (!applies) continue;
      path.why = rule.why(seat);
      return;
    }
  }

  /// What comes after `idle` in the table does not look at idle days, so only the rows up to it are asked again.
  Band idle_band(const SeatCase& seat) const {
    const int now = row_by_time(seat);
    const auto same = [&](int days) { return row_by_time(book_.with_idle_days(seat, days)) == now; };
    Band band{seat.idle_days.value, seat.idle_days.value};
    while (*band.least > 1 && same(*band.least - 1)) --*band.least;
    while (*band.most < longest_idle_days && same(*band.most + 1)) ++*band.most;
    if (*band.least == 1) band.least.reset();
    if (*band.most >= longest_idle_days) band.most.reset();
    return band;
  }

  /// A seat is new for as many days as it is younger than the grace period.
  Band grace_band(const SeatCase& seat) const {
    const int row = row_of(seat);
    if (row < row_new || !is_asked(seat, row_new) || !seat.seat.clock_start) return {};
    const int age = fleet_.as_of - *seat.seat.clock_start;
    return row == row_new ? Band{age + 1, std::nullopt} : Band{std::nullopt, age};
  }
};

}  // namespace

std::vector<SeatPath> examine(const Fleet& fleet, const Judged& judged, int account) {
  return Examination(fleet, judged, account).paths();
}

}  // namespace seatlint
