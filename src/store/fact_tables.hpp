// SPDX-License-Identifier: Apache-2.0
// Packed activity as SQL sees it, so that the views need no other form of it.
#pragma once

struct sqlite3;

namespace seatlint {

/// Adds the table-valued functions activity_fact(facts), with columns action, first_day, last_day, first_line and
/// last_line, and activity_fact_day(facts), with columns action and day. They read nothing but their argument.
void add_fact_tables(sqlite3* db);

}  // namespace seatlint
