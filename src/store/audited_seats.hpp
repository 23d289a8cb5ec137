// SPDX-License-Identifier: Apache-2.0
// Whom recorded verdicts are about: names of seats, numbered through and packed, some hundreds in a row of the store.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

struct SeatName {
  std::string_view org, account, product;
  auto operator<=>(const SeatName&) const = default;
};

/// Visits seats in the order of their numbers, which begin with 1; those of erased accounts are left out. The name
/// lives until the visit ends. Throws Error where the store is damaged.
void each_audited_seat(const Database& db, const std::function<void(std::int64_t number, const SeatName&)>& visit);

/// The same on all processors, which share the seats out among them: `visitor` gives one visitor each.
void each_audited_seat_in_parallel(const Database& db,
                                   const std::function<std::function<void(std::int64_t, const SeatName&)>()>& visitor);

/// Numbers new seats behind those there are.
class AuditedSeatWriter {
 public:
  /// Writes into the open transaction of `db`, which must outlive this.
  explicit AuditedSeatWriter(const Database& db);
  /// The number it has now. Not with an empty account.
  std::int64_t add(const SeatName& name);
  /// Writes what is left; call last.
  void finish();

 private:
  const Database& db_;
  std::int64_t first_, next_;  ///< number of the first seat that is not written, and of the next one
  std::string names_;
  std::string org_, account_, product_;  ///< of the seat before in this block
};

/// Erases the names of these numbers (ascending); the numbers stay and name nobody.
void erase_audited_seats(const Database& db, const std::vector<std::int64_t>& numbers);

}  // namespace seatlint
