// SPDX-License-Identifier: Apache-2.0
// An open store: answers from the ledger and keeps settings.
#include "store/store.hpp"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "store/opening.hpp"
#include "store/sealed_content.hpp"

namespace seatlint {
namespace {

std::optional<DayRange> range(const Statement& row, int first, int last) {
  const auto a = row.day(first), b = row.day(last);
  return a && b ? std::optional(DayRange{*a, *b}) : std::nullopt;
}

ImportedFile read_file(const Statement& row) {
  ImportedFile file;
  file.id = row.integer(0);
  file.sha256 = row.text(1);
  file.org = row.text(2);
  file.profile = row.text(3);
  file.snapshot_date = row.day(4);
  file.name = row.text(5);
  file.bytes = static_cast<std::uint64_t>(row.integer(6));
  file.kind = parse_record_kind(row.text(7)).value_or(RecordKind::users);
  file.vendor = row.text(8);
  file.tenant = row.text(9);
  file.app = row.text(10);
  file.days = range(row, 11, 12);
  file.covers = range(row, 13, 14);
  file.covers_stated_by_hand = row.integer(15) != 0;
  file.gives_actions = row.integer(16) != 0;
  file.has_last_activity = row.integer(17) != 0;
  file.blank_means_never = row.integer(18) != 0;
  file.row_cap = row.integer(19) != 0;
  file.cap_edge = row.day(20);
  file.shrink_allowed = row.integer(21) != 0;
  file.encoding = row.text(22);
  file.delimiter = row.text(23);
  const auto count = [&](int at) { return static_cast<std::uint64_t>(row.integer(at)); };
  file.rows = {count(24), count(25), count(26), count(27), count(28)};
  file.skipped = nlohmann::json::parse(row.text(29)).get<std::map<std::string, std::uint64_t>>();
  file.warnings = nlohmann::json::parse(row.text(30)).get<std::vector<std::string>>();
  return file;
}

}  // namespace

/// A temporary store has no path.
std::string absolute_path(const std::string& path) {
  if (path.empty()) return path;
  return std::filesystem::absolute(path).lexically_normal().string();
}

Store::Store(const std::string& path, Open how, int lock_timeout_ms)
    : path_(absolute_path(path)), db_(open_database(path_, how, lock_timeout_ms, created_)) {}

Store Store::again_for_writing(int lock_timeout_ms) const {
  return {path_, open_again_for_writing(path_, lock_timeout_ms)};
}

void Store::finish_new() const { finish_new_store(db_, path_); }

std::vector<ImportedFile> Store::files() const {
  Statement row = db_.prepare(
      "SELECT f.id, f.sha256, o.name, f.profile, f.snapshot_date, f.name, f.bytes, f.kind, f.vendor, f.tenant, f.app, "
      "f.first_day, f.last_day, f.covers_first, f.covers_last, f.covers_by_hand, f.gives_actions, f.has_last_activity, "
      "f.blank_means_never, f.row_cap, f.cap_edge, f.shrink_allowed, f.encoding, f.delimiter, f.rows_read, "
      "f.rows_stored, f.rows_rejected, f.rows_skipped, f.rows_duplicate, f.skipped, f.warnings "
      "FROM imported_file f JOIN org o ON o.id = f.org_id "
      "ORDER BY f.name, f.sha256, o.name, f.profile, f.snapshot_date");
  std::vector<ImportedFile> files;
  while (row.step()) files.push_back(read_file(row));
  return files;
}

bool Store::has_file_of_size(std::uint64_t bytes) const {
  Statement row = db_.prepare("SELECT 1 FROM imported_file WHERE bytes = ?1");
  row.bind(1, static_cast<std::int64_t>(bytes));
  return row.step();
}

bool Store::knows(const std::string& sha256, const std::string& org, const std::string& profile,
                  std::optional<Day> snapshot_date) const {
  Statement row = db_.prepare(
      "SELECT 1 FROM imported_file f JOIN org o ON o.id = f.org_id "
      "WHERE f.sha256 = ?1 AND o.name = ?2 AND f.profile = ?3 AND f.snapshot_date IS ?4");
  row.bind(1, std::string_view(sha256)).bind(2, std::string_view(org)).bind(3, std::string_view(profile));
  row.bind_day(4, snapshot_date);
  return row.step();
}

std::vector<std::string> Store::orgs() const {
  Statement row = db_.prepare("SELECT name FROM org ORDER BY name");
  std::vector<std::string> names;
  while (row.step()) names.emplace_back(row.text(0));
  return names;
}

std::optional<std::string> Store::org_of_tenant(const std::string& vendor, const std::string& tenant) const {
  Statement row = db_.prepare(
      "SELECT o.name FROM org_tenant t JOIN org o ON o.id = t.org_id WHERE t.vendor = ?1 AND t.tenant = ?2 ORDER BY 1");
  row.bind(1, std::string_view(vendor)).bind(2, std::string_view(tenant));
  return row.step() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

std::optional<std::string> Store::tenant_of_org(const std::string& vendor, const std::string& org) const {
  Statement row = db_.prepare(
      "SELECT t.tenant FROM org_tenant t JOIN org o ON o.id = t.org_id WHERE t.vendor = ?1 AND o.name = ?2");
  row.bind(1, std::string_view(vendor)).bind(2, std::string_view(org));
  return row.step() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

std::optional<std::string> Store::org_knowing(const std::vector<Identity>& identities) const {
  std::map<std::string, std::int64_t> hits;
  Statement row = db_.prepare(
      "SELECT o.name, count(DISTINCT k.value) FROM json_each(?1) k JOIN ("
      "  SELECT f.org_id, u.id AS key FROM user_block b, user_row(b.rows) u JOIN imported_file f ON f.id = b.file_id"
      "  UNION ALL SELECT f.org_id, u.login FROM user_block b, user_row(b.rows) u JOIN imported_file f ON f.id = "
      "b.file_id"
      "  UNION ALL SELECT f.org_id, u.email FROM user_block b, user_row(b.rows) u JOIN imported_file f ON f.id = "
      "b.file_id"
      "  UNION ALL SELECT f.org_id, l.id FROM activity_block b, log_row(b.rows) l JOIN imported_file f ON f.id = "
      "b.file_id"
      "  UNION ALL SELECT f.org_id, l.login FROM activity_block b, log_row(b.rows) l JOIN imported_file f ON f.id = "
      "b.file_id"
      "  UNION ALL SELECT f.org_id, l.email FROM activity_block b, log_row(b.rows) l JOIN imported_file f ON f.id = "
      "b.file_id"
      "  ) a ON a.key = k.value "
      "JOIN org o ON o.id = a.org_id GROUP BY 1 ORDER BY 2 DESC, 1");
  nlohmann::json keys = nlohmann::json::array();
  for (const Identity& identity : identities)
    for (const std::string* key : {&identity.id, &identity.login, &identity.email})
      if (!key->empty()) keys.push_back(*key);
  const std::string text = keys.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  row.bind(1, std::string_view(text));
  return row.step() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

std::optional<std::string> Store::setting(const std::string& name) const {
  Statement row = db_.prepare("SELECT value FROM setting WHERE name = ?1");
  row.bind(1, std::string_view(name));
  return row.step() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

void Store::set_setting(const std::string& name, const std::string& value) {
  if (setting(name) == value) return;
  db_.execute("SAVEPOINT set_setting");
  Statement row = db_.prepare("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2");
  row.bind(1, std::string_view(name)).bind(2, std::string_view(value)).run();
  Chain(db_).seal("store", {"store", 0}, "{}", store_digest(db_));
  db_.execute("RELEASE set_setting");
}

void Store::record_audit(Day ran_on, Day as_of, const std::string& inputs_sha256, const std::string& policy_sha256,
                         std::int64_t findings) {
  Statement row = db_.prepare(
      "INSERT INTO audit_run (ran_on, as_of, inputs_sha256, policy_sha256, findings) VALUES (?1, ?2, ?3, ?4, ?5)");
  row.bind(1, static_cast<std::int64_t>(ran_on.days)).bind(2, static_cast<std::int64_t>(as_of.days));
  row.bind(3, std::string_view(inputs_sha256)).bind(4, std::string_view(policy_sha256)).bind(5, findings).run();
}

void Store::record_names_override(Day day, const std::string& command, const std::string& policy_names,
                                  const std::string& shown, const std::string& reason) {
  db_.execute("SAVEPOINT names_override");
  Statement row = db_.prepare(
      "INSERT INTO names_override_row (day, command, policy_names, shown, reason) VALUES (?1, ?2, ?3, ?4, ?5)");
  row.bind(1, static_cast<std::int64_t>(day.days)).bind(2, std::string_view(command));
  row.bind(3, std::string_view(policy_names)).bind(4, std::string_view(shown)).bind(5, std::string_view(reason)).run();
  const Unit unit{"override", db_.last_insert_id()};
  Chain(db_).seal("override", unit, "{}", row_digest(db_, unit));
  db_.execute("RELEASE names_override");
}

void Store::record_name_access(const NameAccess& access) {
  db_.execute("SAVEPOINT name_access");
  Statement row =
      db_.prepare("INSERT INTO name_access (on_day, who, command, names, reason) VALUES (?1, ?2, ?3, ?4, ?5)");
  row.bind(1, std::int64_t{access.on.days}).bind(2, std::string_view(access.who));
  row.bind(3, std::string_view(access.command)).bind(4, std::string_view(access.names));
  row.bind(5, std::string_view(access.reason)).run();
  const Unit unit{"access", db_.last_insert_id()};
  Chain(db_).seal("access", unit, "{}", row_digest(db_, unit));
  db_.execute("RELEASE name_access");
}

std::vector<Store::NameAccess> Store::name_accesses() const {
  Statement row = db_.prepare("SELECT on_day, who, command, names, reason FROM name_access ORDER BY id");
  std::vector<NameAccess> all;
  while (row.step())
    all.push_back({*row.day(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                   std::string(row.text(4))});
  return all;
}

std::optional<Store::AuditRun> Store::last_audit() const {
  Statement row = db_.prepare("SELECT ran_on, as_of, findings FROM audit_run ORDER BY id DESC LIMIT 1");
  if (!row.step()) return std::nullopt;
  return AuditRun{*row.day(0), *row.day(1), row.integer(2)};
}

}  // namespace seatlint
