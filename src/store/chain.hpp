// SPDX-License-Identifier: Apache-2.0
// The hash chain: what was imported, audited and erased, in an order nobody can change unseen. Each entry commits to
// the content of one unit by a salted digest, so that erasing a person leaves the chain verifiable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace seatlint {

/// What one entry seals: one imported file ("import", its id), one recorded audit, ... what all share ("store", 0)
/// or whom audits are about ("seats", 0).
struct Unit {
  std::string name;
  std::int64_t id = 0;
  auto operator<=>(const Unit&) const = default;
};

/// The one unit whose content, the policy's waivers, is not in the store.
constexpr std::string_view waivers_unit = "waivers";

struct ChainEntry {
  std::int64_t seq = 0;
  std::string kind;
  Unit unit;
  std::string says;        ///< JSON, without persons
  std::string commitment;  ///< empty: the unit is gone, or nothing is sealed
  std::string head;
};

/// All of these write within the caller's transaction.
class Chain {
 public:
  explicit Chain(const Database& db) : db_(db) {}

  /// Commits to `digest` as the unit's present content, under a new salt. Its old salt is gone.
  void seal(std::string_view kind, const Unit& unit, const std::string& says, const std::string& digest) const;
  /// The unit is no more.
  void drop(std::string_view kind, const Unit& unit, const std::string& says) const;
  /// Something happened that leaves no content of its own.
  void note(std::string_view kind, const std::string& says) const;

  std::vector<ChainEntry> entries() const;
  /// seq 0 and an empty head before anything happened.
  ChainEntry last() const;
  /// The newest entry of a kind.
  std::optional<ChainEntry> last_of(std::string_view kind) const;
  /// Does the unit's present seal fit this content?
  bool fits(const Unit& unit, const std::string& digest) const;
  std::vector<Unit> sealed_units() const;

 private:
  void append(std::string_view kind, const Unit& unit, const std::string& says, const std::string& commitment) const;
  const Database& db_;
};

/// The head that an entry must have after `before`.
std::string expected_head(const std::string& before, const ChainEntry& entry);
std::string commitment_to(const std::string& salt, const std::string& digest);

}  // namespace seatlint
