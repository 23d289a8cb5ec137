// SPDX-License-Identifier: Apache-2.0
// An earlier report (schema seatlint.audit/1) read back: what it said of which seat.
#pragma once

#include <string>
#include <vector>

#include "store/audit_log.hpp"

namespace seatlint {

struct EarlierReport {
  Day as_of;
  std::vector<SeatRecord> seats;  ///< only those with a finding; sorted
};
/// Throws Error for what is no such report.
EarlierReport read_earlier_report(const std::string& path);

}  // namespace seatlint
