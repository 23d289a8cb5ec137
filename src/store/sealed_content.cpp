// SPDX-License-Identifier: Apache-2.0
// Reads content back in the order in which it was hashed when written.
#include "store/sealed_content.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "store/content_digest.hpp"

namespace seatlint {
namespace {

constexpr std::string_view ledger_row = "SELECT f.*, o.name FROM imported_file f LEFT JOIN org o ON o.id = f.org_id ";

/// Tables whose rows belong to files, the file's number first; in the order of FileParts, behind the ledger.
constexpr std::string_view part_tables[] = {"SELECT * FROM user_block ORDER BY file_id, first_line",
                                            "SELECT * FROM entitlement_row ORDER BY file_id, line",
                                            "SELECT * FROM person_row ORDER BY file_id, line",
                                            "SELECT * FROM lookup_row ORDER BY file_id, line",
                                            "SELECT * FROM activity_action ORDER BY file_id, number",
                                            "SELECT * FROM activity_block ORDER BY file_id, part, actor"};

std::string digest_of(const Database& db, std::string_view sql) {
  Statement row = db.prepare(sql);
  ContentDigest digest;
  while (row.step()) digest.row(row);
  return digest.hex();
}

std::map<std::int64_t, std::string> all_file_digests(const Database& db) {
  std::map<std::int64_t, std::array<std::optional<ContentDigest>, std::tuple_size_v<FileParts>>> files;
  const auto read = [&](std::string_view sql, std::size_t part) {
    Statement row = db.prepare(sql);
    while (row.step()) {
      auto& digest = files[row.integer(0)].at(part);
      if (!digest) digest.emplace();
      digest->row(row);
    }
  };
  read(std::string(ledger_row) + "ORDER BY f.id", 0);
  for (std::size_t i = 0; i < std::size(part_tables); ++i) read(part_tables[i], i + 1);
  std::map<std::int64_t, std::string> digests;
  for (auto& [id, parts] : files) {
    FileParts hex;
    for (std::size_t i = 0; i < parts.size(); ++i) hex[i] = parts[i] ? parts[i]->hex() : sha256_hex("");
    digests[id] = file_digest(hex);
  }
  return digests;
}

/// Tables that only grow, a unit a row.
constexpr std::pair<std::string_view, std::string_view> grown[] = {
    {"audit", "SELECT * FROM audit_run r LEFT JOIN audit_record a ON a.audit_id = r.id"},
    {"access", "SELECT * FROM name_access r"},
    {"override", "SELECT * FROM names_override_row r"}};

/// Every unit there is.
std::map<Unit, std::string> content_digests(const Database& db) {
  std::map<Unit, std::string> units;
  for (auto& [id, digest] : all_file_digests(db)) units[{"import", id}] = std::move(digest);
  for (const auto& [name, sql] : grown) {
    Statement row = db.prepare(sql);
    while (row.step()) {
      ContentDigest digest;
      digest.row(row);
      units[{std::string(name), row.integer(0)}] = digest.hex();
    }
  }
  units[{"store", 0}] = store_digest(db);
  if (db.integer("SELECT EXISTS (SELECT 1 FROM audited_seat_block)") != 0) units[{"seats", 0}] = seats_digest(db);
  return units;
}

}  // namespace

std::string file_digest(const FileParts& parts) {
  std::string text;
  for (const std::string& part : parts) text += part + "\n";
  return sha256_hex(text);
}

std::string ledger_digest(const Database& db, std::int64_t file) {
  Statement row = db.prepare(std::string(ledger_row) + "WHERE f.id = ?1");
  row.bind(1, file);
  ContentDigest digest;
  while (row.step()) digest.row(row);
  return digest.hex();
}

std::string ledger_says(const Database& db, std::int64_t file) {
  Statement row = db.prepare(
      "SELECT json_object('sha256', f.sha256, 'org', o.name, 'profile', f.profile, 'snapshot_date', "
      "ifnull(date(f.snapshot_date * 86400, 'unixepoch'), ''), 'rows', f.rows_stored) "
      "FROM imported_file f LEFT JOIN org o ON o.id = f.org_id WHERE f.id = ?1");
  return row.bind(1, file).step() ? std::string(row.text(0)) : "{}";
}

std::string store_digest(const Database& db) {
  std::string text;
  for (const std::string_view sql :
       {"SELECT * FROM org ORDER BY id", "SELECT * FROM org_tenant ORDER BY org_id, vendor",
        "SELECT * FROM setting ORDER BY name", "SELECT * FROM forgotten ORDER BY token",
        "SELECT * FROM kept_text ORDER BY sha256"})
    text += digest_of(db, sql) + "\n";
  return sha256_hex(text);
}

std::string seats_digest(const Database& db) {
  return digest_of(db, "SELECT * FROM audited_seat_block ORDER BY first");
}

std::string row_digest(const Database& db, const Unit& unit) {
  ContentDigest digest;
  for (const auto& [name, sql] : grown) {
    if (name != unit.name) continue;
    Statement row = db.prepare(std::string(sql) + " WHERE r.id = ?1");
    row.bind(1, unit.id);
    while (row.step()) digest.row(row);
  }
  return digest.hex();
}

std::vector<Unfit> unfit_units(const Database& db) {
  std::vector<Unfit> unfit;
  if (db.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'chain_entry'") == 0) return unfit;
  const Chain chain(db);
  const auto units = content_digests(db);
  const std::vector<Unit> sealed = chain.sealed_units();
  for (const auto& [unit, digest] : units)
    if (!chain.fits(unit, digest))
      unfit.push_back({unit, digest, std::binary_search(sealed.begin(), sealed.end(), unit)});
  for (const Unit& unit : sealed)
    if (!units.contains(unit) && unit.name != waivers_unit) unfit.push_back({unit, std::nullopt, true});
  return unfit;
}

void require_sound(const Database& db) {
  if (!unfit_units(db).empty())
    throw Error("the stored content is not what was imported: nothing was changed; seatlint verify says where");
}

void seal_again(const Database& db, std::string_view kind, const std::vector<Unfit>& broken) {
  const Chain chain(db);
  for (const Unfit& now : unfit_units(db)) {
    const bool was_broken =
        std::any_of(broken.begin(), broken.end(), [&](const Unfit& before) { return before.unit == now.unit; });
    if (was_broken) continue;
    if (now.digest) {
      chain.seal(kind, now.unit, now.unit.name == "import" ? ledger_says(db, now.unit.id) : "{}", *now.digest);
    } else {
      chain.drop(kind, now.unit, "{}");
    }
  }
}

std::string import_line(const std::string& sha256, const std::string& org, const std::string& profile,
                        const std::string& snapshot_date) {
  return sha256 + "\t" + org + "\t" + profile + "\t" + snapshot_date + "\n";
}

std::string imports_digest(const Database& db) {
  Statement row = db.prepare(
      "SELECT f.sha256, o.name, f.profile, ifnull(date(f.snapshot_date * 86400, 'unixepoch'), '') "
      "FROM imported_file f JOIN org o ON o.id = f.org_id");
  std::vector<std::string> lines;
  while (row.step())
    lines.push_back(import_line(std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                                std::string(row.text(3))));
  return imports_digest(std::move(lines));
}

std::string imports_digest(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  Sha256 hash;
  for (const std::string& line : lines) hash.update(line);
  return hash.hex();
}

}  // namespace seatlint
