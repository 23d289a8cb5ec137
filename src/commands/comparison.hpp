// SPDX-License-Identifier: Apache-2.0
// What became of every seat between two audit dates, as plain values.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "commands/audit_history.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

/// Every seat of either day has exactly one. A seat is *at risk* when it is idle, over-provisioned or too dear a tier,
/// and nobody waived that.
enum class Fate {
  retained,       ///< held on both days, at risk now or then by none of what follows
  reclaimed,      ///< held then, not now
  newly_idle,     ///< held on both days, at risk only now
  reactivated,    ///< held on both days, at risk only then
  fresh,          ///< held only now
  still_at_risk,  ///< at risk on both days
};
inline constexpr std::size_t fates = 6;
std::string_view to_string(Fate fate);
using FateCounts = std::array<std::int64_t, fates>;
inline std::int64_t& of(FateCounts& counts, Fate fate) { return counts[static_cast<std::size_t>(fate)]; }
inline std::int64_t of(const FateCounts& counts, Fate fate) { return counts[static_cast<std::size_t>(fate)]; }
/// Seats held on the earlier and on the later day.
std::int64_t held_then(const FateCounts& counts);
std::int64_t held_now(const FateCounts& counts);

struct SeatChange {
  Fate fate = Fate::retained;
  std::optional<SeatRecord> before, after;
  std::string user;
  const SeatRecord& seat() const { return after ? *after : *before; }
};

/// Minor units a month. promised = realised + still_open + lapsed.
struct MoneyChange {
  std::int64_t contract_then = 0, contract_now = 0, exposure_then = 0, exposure_now = 0;
  std::int64_t reclaimed = 0;   ///< what the seats taken back cost
  std::int64_t promised = 0;    ///< what the earlier audit said could be saved, seat by seat
  std::int64_t realised = 0;    ///< of it: seats that were taken back, or moved to a cheaper set
  std::int64_t still_open = 0;  ///< of it: seats at risk still
  std::int64_t lapsed = 0;      ///< of it: used again, waived, or judged otherwise
};

struct Comparison {
  Day since, as_of;
  Names names = Names::show;
  std::string baseline;           ///< "recorded", "report" or "recomputed": where the promise comes from
  std::vector<SeatChange> seats;  ///< sorted by org, account, product
  FateCounts counts{};
  std::map<std::pair<std::string, std::string>, FateCounts> products;  ///< by org, product
  std::map<std::string, MoneyChange> money;                            ///< by currency
  std::optional<ChangedBy> changed_by;  ///< since the recorded audit; unset: none is recorded
};

/// Both lists sorted by their keys.
std::vector<SeatChange> pair_seats(const std::vector<SeatRecord>& before, const std::vector<SeatRecord>& after);
/// Leaves figures about groups only: counts in multiples of `min_group`, no seat, no amount but of the contracts.
void hide_persons(Comparison& comparison, int min_group);
/// Counts and the money of the promise; `promise` are the seats as the earlier audit judged them.
void weigh(Comparison& comparison, const std::vector<SeatRecord>& promise);

}  // namespace seatlint
