// SPDX-License-Identifier: Apache-2.0
// Which content each unit of the chain stands for, and its digest from the rows as they are.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "store/chain.hpp"

namespace seatlint {

/// The parts of one imported file, each a digest over its rows in key order: ledger line, users, entitlements, HR
/// records, lookups, actions, blocks of activity.
using FileParts = std::array<std::string, 7>;
std::string file_digest(const FileParts& parts);
/// Of the ledger line alone; the other parts are known to whoever wrote them.
std::string ledger_digest(const Database& db, std::int64_t file);
/// What the chain says of an import in clear, as JSON: no names of persons or files.
std::string ledger_says(const Database& db, std::int64_t file);

/// Orgs, settings, erased identities and texts of audits: what no single file owns.
std::string store_digest(const Database& db);
/// Whom recorded verdicts are about: a unit of its own, "seats", for it seldom changes and may be large.
std::string seats_digest(const Database& db);
/// A row of a table that only grows: unit "audit" or "access".
std::string row_digest(const Database& db, const Unit& unit);

/// A unit whose content and seal disagree.
struct Unfit {
  Unit unit;
  std::optional<std::string> digest;  ///< of the content; unset: sealed, but gone
  bool sealed = false;                ///< unset: content that no entry speaks of
};
/// From the rows themselves; reads the whole store. Empty where a store has no chain yet.
std::vector<Unfit> unfit_units(const Database& db);
/// Throws Error unless everything stored fits its seal: content is sealed again only from a sound state.
void require_sound(const Database& db);
/// Makes the seals fit the content, but for those that `broken` names. The caller changed the store on purpose.
void seal_again(const Database& db, std::string_view kind, const std::vector<Unfit>& broken = {});

/// One line for each imported file, the same whatever the order of import.
std::string import_line(const std::string& sha256, const std::string& org, const std::string& profile,
                        const std::string& snapshot_date);
/// SHA-256 over the sorted lines of all files: what reports show.
std::string imports_digest(const Database& db);
std::string imports_digest(std::vector<std::string> lines);

}  // namespace seatlint
