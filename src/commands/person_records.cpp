// SPDX-License-Identifier: Apache-2.0
// Reads every table that can name a person.
#include "commands/person_records.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "store/audited_seats.hpp"
#include "store/mentions.hpp"

namespace seatlint {
namespace {

// Each statement gives kind, org, profile, snapshot date, file, line, and then the values that `labels` name.
constexpr std::string_view user_sql =
    "SELECT f.kind, o.name, f.profile, ifnull(date(f.snapshot_date * 86400, 'unixepoch'), ''), f.name, u.line, "
    "u.id, u.login, u.shown, u.email, u.aliases, u.federation_id, u.hr_id, u.name, u.title, u.department, u.manager, "
    "u.cost_center, u.environment, u.roles, u.state, u.class, date(u.created * 86400, 'unixepoch'), "
    "CASE u.last_kind WHEN 1 THEN 'never' WHEN 2 THEN date(u.last_day * 86400, 'unixepoch') "
    "WHEN 3 THEN 'before ' || date(u.last_day * 86400, 'unixepoch') END, u.products, u.group_products, u.profile_ref, "
    "u.profile_name, u.license_id FROM user_block b JOIN user_row(b.rows) u JOIN imported_file f ON f.id = b.file_id "
    "JOIN org o ON o.id = f.org_id WHERE b.file_id = ?1 AND u.line = ?2 AND b.first_line = "
    "(SELECT max(first_line) FROM user_block WHERE file_id = ?1 AND first_line <= ?2)";
constexpr std::array user_labels{"id",
                                 "login",
                                 "login as written",
                                 "e-mail",
                                 "aliases",
                                 "federation id",
                                 "HR id",
                                 "name",
                                 "title",
                                 "department",
                                 "manager",
                                 "cost center",
                                 "environment",
                                 "roles",
                                 "state",
                                 "class",
                                 "created",
                                 "last activity",
                                 "products",
                                 "products by group",
                                 "profile reference",
                                 "profile name",
                                 "license id"};
constexpr std::string_view hr_sql =
    "SELECT f.kind, o.name, f.profile, ifnull(date(f.snapshot_date * 86400, 'unixepoch'), ''), f.name, p.line, "
    "p.email, p.hr_id, p.login, date(p.last_day * 86400, 'unixepoch'), date(p.from_day * 86400, 'unixepoch'), "
    "date(p.to_day * 86400, 'unixepoch'), p.share FROM person_row p JOIN imported_file f ON f.id = p.file_id "
    "JOIN org o ON o.id = f.org_id WHERE p.file_id = ?1 AND p.line = ?2";
constexpr std::array hr_labels{
    "e-mail", "HR id", "login", "last day", "away or part-time from", "to", "per cent of full time"};

template <typename Labels>
PersonRecord read_record(const Statement& row, const Labels& labels) {
  PersonRecord record{std::string(row.text(0)),
                      std::string(row.text(1)),
                      std::string(row.text(2)),
                      std::string(row.text(3)),
                      std::string(row.text(4)),
                      row.integer(5),
                      {}};
  int at = 6;
  for (const char* label : labels) {
    if (!row.is_null(at)) record.values.emplace_back(label, row.text(at));
    ++at;
  }
  return record;
}

template <typename Labels>
void read_rows(const Database& db, std::string_view sql, const Labels& labels,
               const std::vector<StoredPerson::Row>& rows, std::vector<PersonRecord>& into) {
  Statement row = db.prepare(sql);
  for (const StoredPerson::Row& at : rows) {
    row.bind(1, at.file).bind(2, at.line);
    if (row.step()) into.push_back(read_record(row, labels));
    row.reset();
  }
}

std::vector<PersonRecord> mentions(const Database& db, const StoredPerson& person) {
  const Mentions named(person);
  std::vector<PersonRecord> list;
  Statement row = db.prepare(
      "SELECT f.kind, o.name, f.profile, ifnull(date(f.snapshot_date * 86400, 'unixepoch'), ''), f.name, u.line, "
      "u.manager FROM user_block b JOIN user_row(b.rows) u JOIN imported_file f ON f.id = b.file_id "
      "JOIN org o ON o.id = f.org_id "
      "WHERE u.manager IS NOT NULL");
  while (row.step())
    if (named.is(row.text(6))) list.push_back(read_record(row, std::array{"manager"}));
  return list;
}

void read_audited_seats(const Database& db, const std::vector<std::int64_t>& seats, std::vector<PersonRecord>& into) {
  each_audited_seat(db, [&](std::int64_t number, const SeatName& name) {
    if (!std::binary_search(seats.begin(), seats.end(), number)) return;
    into.push_back({"seat in recorded audits",
                    std::string(name.org),
                    "",
                    "",
                    "recorded audits",
                    number,
                    {{"account", std::string(name.account)}, {"product", std::string(name.product)}}});
  });
}

void sort(std::vector<PersonRecord>& records) {
  std::sort(records.begin(), records.end(), [](const PersonRecord& a, const PersonRecord& b) {
    return std::tie(a.org, a.file, a.snapshot_date, a.line, a.profile) <
           std::tie(b.org, b.file, b.snapshot_date, b.line, b.profile);
  });
}

}  // namespace

PersonRecords person_records(const Store& store, const StoredPerson& person) {
  const Database& db = store.database();
  PersonRecords all;
  read_rows(db, user_sql, user_labels, person.user_rows, all.records);
  read_rows(db, hr_sql, hr_labels, person.hr_rows, all.records);
  read_audited_seats(db, person.audited_seats, all.records);
  sort(all.records);
  for (const BlockKey& block : person.log_identities)
    for (LoggedAction& action : actions_of(db, block)) all.activity.push_back(std::move(action));
  std::sort(all.activity.begin(), all.activity.end(), [](const LoggedAction& a, const LoggedAction& b) {
    return std::tie(a.org, a.vendor, a.file, a.identity, a.object, a.verb, a.app, a.environment, a.machine) <
           std::tie(b.org, b.vendor, b.file, b.identity, b.object, b.verb, b.app, b.environment, b.machine);
  });
  all.mentions = mentions(db, person);
  sort(all.mentions);
  return all;
}

Error unknown_person(const Store& store, const Policy& policy, const std::string& user) {
  const auto near = policy.privacy.names == "show" ? nearest_identity(store, user) : std::nullopt;
  return Error(fmt::format("nothing is stored about \"{}\"{}", printable(user),
                           near ? "; did you mean \"" + printable(*near) + "\"?" : ""));
}

}  // namespace seatlint
