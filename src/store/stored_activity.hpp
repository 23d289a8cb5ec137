// SPDX-License-Identifier: Apache-2.0
// Activity as the store keeps it, for whoever has to find, hand over, erase or shorten one person's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "seatlint/facts.hpp"
#include "store/database.hpp"

namespace seatlint {

/// Which log identity: what it did in one part of one file is one block of facts.
struct BlockKey {
  std::int64_t file = 0, part = 0, actor = 0;
  auto operator<=>(const BlockKey&) const = default;
};

/// Somebody a log names.
struct LogIdentity {
  BlockKey key;
  std::int64_t org = 0;
  std::string vendor;
  Identity identity;
};
/// Empty where there is no such block.
Identity identity_of(const Database& db, const BlockKey& block);
void each_log_identity(const Database& db, const std::function<void(const LogIdentity&)>& visit);

/// One action of a log identity in one file, with the lines of the records that prove its first and last day; 0: not
/// known any more.
struct LoggedAction {
  std::string org, vendor, file, identity, object, verb, app, environment;
  bool machine = false;
  std::vector<Day> days;
  std::uint64_t first_line = 0, last_line = 0;
};
std::vector<LoggedAction> actions_of(const Database& db, const BlockKey& block);

void remove_block(const Database& db, const BlockKey& block);
/// Drops all days before `first_kept`, and blocks that have none left. Returns how many blocks lost some.
std::int64_t remove_days_before(const Database& db, Day first_kept);
void remove_activity_of_file(const Database& db, std::int64_t file);

}  // namespace seatlint
