// SPDX-License-Identifier: Apache-2.0
// Packed logs as SQL sees them, so that the views need no other form of them.
#pragma once

struct sqlite3;

namespace seatlint {

/// Adds the table-valued function log_row(rows), a row an identity: actor, id, login, email (empty where it equals the
/// login) and facts, for activity_fact and activity_fact_day. It reads nothing but its argument.
void add_log_table(sqlite3* db);

}  // namespace seatlint
