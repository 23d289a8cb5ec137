// SPDX-License-Identifier: Apache-2.0
// The steps of src/store/schema: how a store gets its tables, and whether a store has those and no others.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

/// What marks an SQLite file as a store: "SEAT".
inline constexpr std::int64_t application_id = 0x53454154;

/// A table, index, trigger or view: "table org", and the statement that made it.
struct SchemaObject {
  std::string_view name, sql;
};
/// Asks for all objects by name. SQLite's own are left out: statistics are no danger.
inline constexpr std::string_view schema_objects =
    "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY 1";
/// The objects of a store of the newest version, by name, as the SQLite of the build keeps them.
std::span<const SchemaObject> schema_of_build();

/// The number of the newest step, which is the version of the stores this program writes.
std::int64_t newest_schema();
/// Runs the steps behind `version`, inside the caller's transaction.
void upgrade_schema(const Database& db, std::int64_t version);
/// "view x was added" and the like: where `db` differs from a store of this version as this program makes it.
std::vector<std::string> schema_differences(const Database& db, std::int64_t version);

}  // namespace seatlint
