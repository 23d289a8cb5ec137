// SPDX-License-Identifier: Apache-2.0
// Writes one file: rows and packed activity as they come, then the ledger line, in one transaction.
#include <nlohmann/json.hpp>

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
        lookup(db.prepare("INSERT INTO lookup_row VALUES (?1,?2,?3,?4,?5)")),
        block(db.prepare("INSERT INTO activity_block VALUES (?1,?2,?3,?4,?5,?6,?7)")) {}

  Store& store;
  const Database& db;
  Statement user, entitlement, person, lookup, block;
  std::int64_t file_id = 0;
  std::int64_t part = -1, actor = 0;  ///< of the block written last
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
  void write_actions(const std::vector<ActionKey>& actions) const;
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

void ImportSession::activity(const ActivityBlock& block) {
  // Two identities of one hash would be rarer than a broken disk, but must not cost anybody their days.
  const bool next = block.part == state_->part && static_cast<std::int64_t>(block.actor) <= state_->actor;
  state_->actor = next ? state_->actor + 1 : static_cast<std::int64_t>(block.actor);
  state_->part = block.part;
  Statement& out = state_->block;
  out.bind(1, state_->file_id).bind(2, block.part).bind(3, state_->actor);
  out.bind_view(4, block.id).bind_view(5, block.login).bind_view(6, block.email).bind_blob_view(7, block.facts).run();
}

void ImportSession::State::write_actions(const std::vector<ActionKey>& actions) const {
  Statement out = db.prepare("INSERT INTO activity_action VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const ActionKey& action = actions[i];
    out.bind(1, file_id).bind(2, static_cast<std::int64_t>(i)).bind(3, std::string_view(action.object));
    out.bind(4, std::string_view(action.verb)).bind(5, std::string_view(action.app));
    out.bind(6, std::string_view(action.environment)).bind(7, std::int64_t{action.machine}).run();
  }
}

void ImportSession::commit(const ImportedFile& file, const std::vector<ActionKey>& actions) {
  const std::int64_t org = state_->org_id(file.org);
  if (!file.tenant.empty()) {
    Statement tenant = state_->db.prepare("INSERT INTO org_tenant VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    tenant.bind(1, org).bind(2, std::string_view(file.vendor)).bind(3, std::string_view(file.tenant)).run();
  }
  state_->write_ledger(file, org);
  state_->write_actions(actions);
  state_->db.execute("COMMIT");
  state_->open = false;
}

}  // namespace seatlint
