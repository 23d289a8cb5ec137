// SPDX-License-Identifier: Apache-2.0
// Writes one file: snapshot rows as they come, then the ledger line and the merged day sets, in one transaction.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "store/store.hpp"

namespace seatlint {
namespace {

std::string json(const std::vector<std::string>& values) {
  return nlohmann::json(values).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void bind_list(Statement& row, int at, const std::vector<std::string>& values) {
  if (values.empty()) {
    row.bind_null(at);
  } else {
    row.bind(at, std::string_view(json(values)));
  }
}

std::int64_t line_number(std::uint64_t line) { return static_cast<std::int64_t>(line); }

}  // namespace

struct ImportSession::State {
  explicit State(Store& s)
      : store(s),
        db(s.db_),
        user(db.prepare("INSERT INTO user_row VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,"
                        "?19,?20,?21,?22,?23,?24,?25)")),
        entitlement(db.prepare("INSERT INTO entitlement_row VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)")),
        person(db.prepare("INSERT INTO person_row VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")),
        lookup(db.prepare("INSERT INTO lookup_row VALUES (?1,?2,?3,?4,?5)")) {}

  Store& store;
  const Database& db;
  Statement user, entitlement, person, lookup;
  std::int64_t file_id = 0;
  bool open = true;

  std::int64_t org_id(const std::string& name) const {
    Statement insert = db.prepare("INSERT INTO org (name) VALUES (?1) ON CONFLICT (name) DO NOTHING");
    insert.bind(1, std::string_view(name)).run();
    Statement find = db.prepare("SELECT id FROM org WHERE name = ?1");
    find.bind(1, std::string_view(name));
    find.step();
    return find.integer(0);
  }

  void write_ledger(const ImportedFile& file, std::int64_t org) const;
  std::vector<std::int64_t> write_actors(const ImportedFile& file, std::int64_t org, const ActivityFacts& facts) const;
  std::vector<std::int64_t> write_actions(const ImportedFile& file, const ActivityFacts& facts) const;
  void write_activity(const ImportedFile& file, std::int64_t org, const ActivityFacts& facts) const;
};

ImportSession::ImportSession(Store& store) {
  store.db_.begin_write();
  try {
    state_ = std::make_unique<State>(store);
    state_->file_id = store.db_.integer("SELECT ifnull(max(id), 0) + 1 FROM imported_file");
  } catch (...) {
    store.db_.execute("ROLLBACK");
    throw;
  }
}

ImportSession::~ImportSession() {
  if (state_ == nullptr || !state_->open) return;
  try {
    state_->db.execute("ROLLBACK");
  } catch (const Error&) {  // SQLite has already rolled back (disk full, I/O error): nothing is left to undo
  }
}

void ImportSession::user(const UserRow& row, std::uint64_t line) {
  Statement& out = state_->user;
  out.bind(1, state_->file_id).bind(2, line_number(line));
  out.bind_text_or_null(3, row.identity.id).bind_text_or_null(4, row.identity.login);
  out.bind_text_or_null(5, row.identity.email);
  bind_list(out, 6, row.identity.aliases);
  out.bind_text_or_null(7, row.identity.federation_id).bind_text_or_null(8, row.identity.hr_id);
  out.bind_text_or_null(9, row.shown);
  out.bind_text_or_null(10, row.name).bind_text_or_null(11, row.title).bind_text_or_null(12, row.department);
  out.bind_text_or_null(13, row.manager).bind_text_or_null(14, row.cost_center).bind_text_or_null(15, row.environment);
  bind_list(out, 16, row.roles);
  out.bind_text_or_null(17, row.state ? to_string(*row.state) : std::string_view{});
  out.bind_text_or_null(18, row.account_class ? to_string(*row.account_class) : std::string_view{});
  out.bind_day(19, row.created).bind(20, static_cast<std::int64_t>(row.last_activity.kind));
  const bool dated =
      row.last_activity.kind == LastActivity::Kind::on || row.last_activity.kind == LastActivity::Kind::before;
  out.bind_day(21, dated ? std::optional(row.last_activity.day) : std::nullopt);
  if (row.has_products) {
    out.bind(22, std::string_view(json(row.products)));
  } else {
    out.bind_null(22);
  }
  bind_list(out, 23, row.group_products);
  out.bind_text_or_null(24, row.profile_ref).bind_text_or_null(25, row.profile_name).run();
}

void ImportSession::entitlement(const EntitlementRow& row, std::uint64_t line) {
  Statement& out = state_->entitlement;
  out.bind(1, state_->file_id).bind(2, line_number(line)).bind(3, std::string_view(row.product));
  out.bind_optional(4, row.quantity).bind_optional(5, row.assigned);
  if (row.unit_price) {
    out.bind(6, row.unit_price->minor).bind(7, std::string_view(row.unit_price->currency));
  } else {
    out.bind_null(6).bind_null(7);
  }
  out.bind_day(8, row.term_start).bind_day(9, row.term_end).bind_optional(10, row.notice_days);
  out.bind_optional(11, row.floor).bind(12, std::string_view(row.reducible)).run();
}

void ImportSession::person(const PersonRow& row, std::uint64_t line) {
  Statement& out = state_->person;
  out.bind(1, state_->file_id).bind(2, line_number(line)).bind_text_or_null(3, row.email);
  out.bind_text_or_null(4, row.hr_id).bind_text_or_null(5, row.login);
  out.bind_day(6, row.last_day).bind_day(7, row.from).bind_day(8, row.to).run();
}

void ImportSession::lookup(const LookupRow& row, std::uint64_t line) {
  state_->lookup.bind(1, state_->file_id).bind(2, line_number(line)).bind(3, std::string_view(row.key));
  state_->lookup.bind(4, std::string_view(row.name)).bind(5, std::string_view(row.product)).run();
}

void ImportSession::State::write_ledger(const ImportedFile& file, std::int64_t org) const {
  Statement out = db.prepare(
      "INSERT INTO imported_file VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,"
      "?22,?23,?24,?25,?26,?27,?28,?29,?30,?31)");
  out.bind(1, file_id).bind(2, std::string_view(file.sha256)).bind(3, org).bind(4, std::string_view(file.profile));
  out.bind_day(5, file.snapshot_date).bind(6, std::string_view(file.name));
  out.bind(7, static_cast<std::int64_t>(file.bytes)).bind(8, to_string(file.kind));
  out.bind(9, std::string_view(file.vendor))
      .bind(10, std::string_view(file.tenant))
      .bind(11, std::string_view(file.app));
  const auto first = [](const std::optional<DayRange>& r) { return r ? std::optional(r->first) : std::nullopt; };
  const auto last = [](const std::optional<DayRange>& r) { return r ? std::optional(r->last) : std::nullopt; };
  out.bind_day(12, first(file.days)).bind_day(13, last(file.days));
  out.bind_day(14, first(file.covers)).bind_day(15, last(file.covers));
  out.bind(16, std::int64_t{file.covers_stated_by_hand}).bind(17, std::int64_t{file.gives_actions});
  out.bind(18, std::int64_t{file.has_last_activity}).bind(19, std::int64_t{file.blank_means_never});
  out.bind(20, std::int64_t{file.row_cap}).bind_day(21, file.cap_edge).bind(22, std::int64_t{file.shrink_allowed});
  out.bind(23, std::string_view(file.encoding)).bind(24, std::string_view(file.delimiter));
  const RowCounts& rows = file.rows;
  int at = 25;
  for (const std::uint64_t n : {rows.read, rows.stored, rows.rejected, rows.skipped, rows.duplicate})
    out.bind(at++, static_cast<std::int64_t>(n));
  const std::string skipped =
      nlohmann::json(file.skipped).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  out.bind(30, std::string_view(file.skipped.empty() ? "{}" : skipped));
  out.bind(31, std::string_view(json(file.warnings))).run();
}

std::vector<std::int64_t> ImportSession::State::write_actors(const ImportedFile& file, std::int64_t org,
                                                             const ActivityFacts& facts) const {
  Statement find = db.prepare(
      "SELECT id FROM actor WHERE org_id = ?1 AND vendor = ?2 AND key_id = ?3 AND login = ?4 AND email = ?5");
  Statement insert = db.prepare("INSERT INTO actor (org_id, vendor, key_id, login, email) VALUES (?1, ?2, ?3, ?4, ?5)");
  std::vector<std::int64_t> ids;
  for (const Identity& actor : facts.actors) {
    for (Statement* statement : {&find, &insert})
      statement->bind(1, org)
          .bind(2, std::string_view(file.vendor))
          .bind(3, std::string_view(actor.id))
          .bind(4, std::string_view(actor.login))
          .bind(5, std::string_view(actor.email));
    if (find.step()) {
      ids.push_back(find.integer(0));
    } else {
      insert.run();
      ids.push_back(db.last_insert_id());
    }
    find.reset();
  }
  return ids;
}

std::vector<std::int64_t> ImportSession::State::write_actions(const ImportedFile& file,
                                                              const ActivityFacts& facts) const {
  Statement find = db.prepare(
      "SELECT id FROM action WHERE vendor = ?1 AND object = ?2 AND verb = ?3 AND app = ?4 AND environment = ?5 AND "
      "machine = ?6");
  Statement insert = db.prepare(
      "INSERT INTO action (vendor, object, verb, app, environment, machine) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  std::vector<std::int64_t> ids;
  for (const ActionKey& action : facts.actions) {
    for (Statement* statement : {&find, &insert})
      statement->bind(1, std::string_view(file.vendor))
          .bind(2, std::string_view(action.object))
          .bind(3, std::string_view(action.verb))
          .bind(4, std::string_view(action.app))
          .bind(5, std::string_view(action.environment))
          .bind(6, std::int64_t{action.machine});
    if (find.step()) {
      ids.push_back(find.integer(0));
    } else {
      insert.run();
      ids.push_back(db.last_insert_id());
    }
    find.reset();
  }
  return ids;
}

void ImportSession::State::write_activity(const ImportedFile& file, std::int64_t org,
                                          const ActivityFacts& facts) const {
  const auto actors = write_actors(file, org, facts);
  const auto actions = write_actions(file, facts);
  // In key order: random order costs several times as much in a WITHOUT ROWID table.
  std::vector<std::size_t> order(facts.facts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    return std::pair(actors[facts.facts[i].actor], actions[facts.facts[i].action]);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  Statement find = db.prepare("SELECT first_day, days FROM activity_row WHERE actor_id = ?1 AND action_id = ?2");
  Statement write = db.prepare("INSERT OR REPLACE INTO activity_row VALUES (?1, ?2, ?3, ?4, ?5)");
  Statement proof = db.prepare("INSERT INTO activity_proof VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  for (const std::size_t i : order) {
    const ActivityFact& fact = facts.facts[i];
    const auto [actor, action] = key(i);
    DayBits days = fact.days;
    const Day first = days.first(), last = days.last();
    find.bind(1, actor).bind(2, action);
    if (find.step()) {
      const Day base{static_cast<std::int32_t>(find.integer(0)) / 8 * 8};
      days.merge({base, find.blob(1)});
    }
    find.reset();
    write.bind(1, actor).bind(2, action).bind(3, std::int64_t{days.first().days});
    write.bind(4, std::int64_t{days.last().days}).bind_blob(5, days.bits).run();
    proof.bind(1, actor).bind(2, action).bind(3, file_id).bind(4, std::int64_t{first.days});
    proof.bind(5, line_number(fact.first_line))
        .bind(6, std::int64_t{last.days})
        .bind(7, line_number(fact.last_line))
        .run();
  }
}

void ImportSession::commit(const ImportedFile& file, const ActivityFacts& activity) {
  const std::int64_t org = state_->org_id(file.org);
  if (!file.tenant.empty()) {
    Statement tenant = state_->db.prepare("INSERT INTO org_tenant VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    tenant.bind(1, org).bind(2, std::string_view(file.vendor)).bind(3, std::string_view(file.tenant)).run();
  }
  state_->write_ledger(file, org);
  state_->write_activity(file, org, activity);
  state_->db.execute("COMMIT");
  state_->open = false;
}

}  // namespace seatlint
