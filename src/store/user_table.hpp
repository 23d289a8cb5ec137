// SPDX-License-Identifier: Apache-2.0
// Packed accounts as SQL sees them, so that the views need no other form of them.
#pragma once

struct sqlite3;

namespace seatlint {

/// Adds the table-valued function user_row(rows), a row a record: line, state, products, group_products, id, login,
/// email, aliases, federation_id, hr_id, shown (the login as written, where it is not the folded one), name, title,
/// department, manager, cost_center, environment, roles, class, created and last_day (days since 1970-01-01), last_kind
/// (0 not known, 1 never, 2 on last_day, 3 before it), profile_ref, profile_name, license_id (of the license assigned
/// or, without products, of the one a right needs; empty: of none). Lists are JSON arrays of names as written. It reads
/// nothing but its argument.
void add_user_table(sqlite3* db);

}  // namespace seatlint
