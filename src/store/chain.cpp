// SPDX-License-Identifier: Apache-2.0
// Heads and commitments are SHA-256 over plain text lines, so that anybody can check a chain with sha256sum.
#include "store/chain.hpp"

#include <fmt/core.h>

#include "base/keyed_hash.hpp"

namespace seatlint {
namespace {

constexpr std::size_t salt_bytes = 32;

ChainEntry read_entry(const Statement& row) {
  return {row.integer(0),           std::string(row.text(1)), {std::string(row.text(2)), row.integer(3)},
          std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6))};
}

constexpr std::string_view columns = "SELECT seq, kind, unit, unit_id, says, commitment, head FROM chain_entry ";

}  // namespace

std::string expected_head(const std::string& before, const ChainEntry& entry) {
  return sha256_hex(fmt::format("{}\n{}\n{}\n{} {}\n{}\n{}\n", before, entry.seq, entry.kind, entry.unit.name,
                                entry.unit.id, entry.says, entry.commitment));
}

std::string commitment_to(const std::string& salt, const std::string& digest) {
  return sha256_hex(salt + "\n" + digest + "\n");
}

void Chain::append(std::string_view kind, const Unit& unit, const std::string& says,
                   const std::string& commitment) const {
  const ChainEntry before = last();
  ChainEntry entry{before.seq + 1, std::string(kind), unit, says, commitment, {}};
  entry.head = expected_head(before.head, entry);
  Statement row = db_.prepare("INSERT INTO chain_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  row.bind(1, entry.seq).bind(2, kind).bind(3, std::string_view(unit.name)).bind(4, unit.id);
  row.bind(5, std::string_view(says)).bind(6, std::string_view(commitment)).bind(7, std::string_view(entry.head)).run();
}

void Chain::seal(std::string_view kind, const Unit& unit, const std::string& says, const std::string& digest) const {
  const std::string salt = random_hex(salt_bytes);
  append(kind, unit, says, commitment_to(salt, digest));
  Statement row = db_.prepare("INSERT OR REPLACE INTO seal VALUES (?1, ?2, ?3, ?4)");
  row.bind(1, std::string_view(unit.name)).bind(2, unit.id).bind(3, last().seq).bind(4, std::string_view(salt)).run();
}

void Chain::drop(std::string_view kind, const Unit& unit, const std::string& says) const {
  append(kind, unit, says, "");
  Statement row = db_.prepare("DELETE FROM seal WHERE unit = ?1 AND unit_id = ?2");
  row.bind(1, std::string_view(unit.name)).bind(2, unit.id).run();
}

void Chain::note(std::string_view kind, const std::string& says) const { append(kind, {}, says, ""); }

std::vector<ChainEntry> Chain::entries() const {
  Statement row = db_.prepare(std::string(columns) + "ORDER BY seq");
  std::vector<ChainEntry> all;
  while (row.step()) all.push_back(read_entry(row));
  return all;
}

ChainEntry Chain::last() const {
  Statement row = db_.prepare(std::string(columns) + "ORDER BY seq DESC LIMIT 1");
  return row.step() ? read_entry(row) : ChainEntry{};
}

std::optional<ChainEntry> Chain::last_of(std::string_view kind) const {
  Statement row = db_.prepare(std::string(columns) + "WHERE kind = ?1 ORDER BY seq DESC LIMIT 1");
  row.bind(1, kind);
  return row.step() ? std::optional(read_entry(row)) : std::nullopt;
}

bool Chain::fits(const Unit& unit, const std::string& digest) const {
  Statement row = db_.prepare(
      "SELECT s.salt, e.commitment FROM seal s JOIN chain_entry e ON e.seq = s.seq AND e.unit = s.unit AND "
      "e.unit_id = s.unit_id WHERE s.unit = ?1 AND s.unit_id = ?2");
  row.bind(1, std::string_view(unit.name)).bind(2, unit.id);
  return row.step() && row.text(1) == commitment_to(std::string(row.text(0)), digest);
}

std::vector<Unit> Chain::sealed_units() const {
  Statement row = db_.prepare("SELECT unit, unit_id FROM seal ORDER BY unit, unit_id");
  std::vector<Unit> units;
  while (row.step()) units.push_back({std::string(row.text(0)), row.integer(1)});
  return units;
}

}  // namespace seatlint
