// SPDX-License-Identifier: Apache-2.0
// Writes one file: rows, packed accounts and packed activity as they come, then the ledger line and the entry of the
// chain that seals it all, in one transaction.
#include <nlohmann/json.hpp>

#include "store/block_writer.hpp"
#include "store/chain.hpp"
#include "store/content_digest.hpp"
#include "store/name_index.hpp"
#include "store/sealed_content.hpp"
#include "store/store.hpp"
#include "store/text_list.hpp"
#include "store/user_block.hpp"

namespace seatlint {
namespace {

std::int64_t line_number(std::uint64_t line) { return static_cast<std::int64_t>(line); }

}  // namespace

struct ImportSession::State {
  explicit State(Store& s)
      : store(s),
        db(s.db_),
        cache(db, 8192),
        transaction(db),
        users(db, "INSERT INTO user_block VALUES (?1, ?2, ?3)"),
        entitlement(db, "INSERT INTO entitlement_row VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)"),
        person(db, "INSERT INTO person_row VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)"),
        lookup(db, "INSERT INTO lookup_row VALUES (?1,?2,?3,?4,?5)"),
        action(db, "INSERT INTO activity_action VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        file_id(db.integer("SELECT ifnull(max(id), 0) + 1 FROM imported_file")),
        blocks(db, file_id),
        names(into_index(db, file_id)) {}

  Store& store;
  const Database& db;
  CacheSize cache;  ///< rows come in the order of their keys: a page is done with when the next is begun
  WriteTransaction transaction;
  SealedInsert users, entitlement, person, lookup, action;
  std::int64_t file_id;
  BlockWriter blocks;
  NameIndexBuilder names;
  UserBlockWriter user_block;
  std::int64_t part = -1, actor = 0;  ///< of the block of activity written last

  std::int64_t org_id(const std::string& name) const {
    Statement insert = db.prepare("INSERT INTO org (name) VALUES (?1) ON CONFLICT (name) DO NOTHING");
    insert.bind(1, std::string_view(name)).run();
    Statement find = db.prepare("SELECT id FROM org WHERE name = ?1");
    find.bind(1, std::string_view(name));
    find.step();
    return find.integer(0);
  }

  void write_users();
  void write_ledger(const ImportedFile& file, std::int64_t org) const;
  void write_actions(const std::vector<ActionKey>& actions);
  void seal(const std::string& blocks_digest);
};

ImportSession::ImportSession(Store& store) : state_(std::make_unique<State>(store)) {}
ImportSession::~ImportSession() = default;

void ImportSession::user(const UserRow& row, std::uint64_t line) {
  state_->user_block.add(row, line);
  if (state_->user_block.full()) state_->write_users();
  state_->names.add_user(row.identity, line);
}

void ImportSession::State::write_users() {
  if (user_block.empty()) return;
  const std::int64_t first_line = line_number(user_block.first_line());
  users.add(file_id).add(first_line).add_blob_view(user_block.take()).run();
}

void ImportSession::entitlement(const EntitlementRow& row, std::uint64_t line) {
  SealedInsert& out = state_->entitlement;
  out.add(state_->file_id).add(line_number(line)).add(row.product);
  out.add_optional(row.quantity).add_optional(row.assigned);
  if (row.unit_price) {
    out.add(row.unit_price->minor).add(row.unit_price->currency);
  } else {
    out.add_null().add_null();
  }
  out.add_day(row.term_start).add_day(row.term_end).add_optional(row.notice_days);
  out.add_optional(row.floor).add(row.reducible).run();
}

void ImportSession::person(const PersonRow& row, std::uint64_t line) {
  SealedInsert& out = state_->person;
  out.add(state_->file_id).add(line_number(line)).add_text_or_null(row.email);
  out.add_text_or_null(row.hr_id).add_text_or_null(row.login);
  out.add_day(row.last_day).add_day(row.from).add_day(row.to).add_optional(row.share).run();
  for (const std::string* name : {&row.email, &row.login, &row.hr_id}) state_->names.add(*name, {0, line_number(line)});
}

void ImportSession::lookup(const LookupRow& row, std::uint64_t line) {
  state_->lookup.add(state_->file_id).add(line_number(line)).add(row.key).add(row.name).add(row.product).run();
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
  out.bind(31, std::string_view(list_of(file.warnings))).run();
}

void ImportSession::activity(const ActivityBlock& block) {
  // Two identities of one hash would be rarer than a broken disk, but must not cost anybody their days.
  const bool next = block.part == state_->part && static_cast<std::int64_t>(block.actor) <= state_->actor;
  state_->actor = next ? state_->actor + 1 : static_cast<std::int64_t>(block.actor);
  state_->part = block.part;
  state_->blocks.add(block.part, {state_->actor, block.id, block.login, block.email, block.facts});
  state_->names.add_actor(block.id, block.login, block.email, {block.part, state_->actor});
}

void ImportSession::State::write_actions(const std::vector<ActionKey>& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const ActionKey& each = actions[i];
    action.add(file_id).add(static_cast<std::int64_t>(i)).add(each.object).add(each.verb).add(each.app);
    action.add(each.environment).add(std::int64_t{each.machine}).run();
  }
}

void ImportSession::State::seal(const std::string& blocks_digest) {
  const Chain chain(db);
  const FileParts parts{ledger_digest(db, file_id),
                        users.hex(),
                        entitlement.hex(),
                        person.hex(),
                        lookup.hex(),
                        action.hex(),
                        blocks_digest};
  chain.seal("import", {"import", file_id}, ledger_says(db, file_id), file_digest(parts));
  const std::string shared = store_digest(db);
  if (!chain.fits({"store", 0}, shared)) chain.seal("store", {"store", 0}, "{}", shared);
}

void ImportSession::commit(const ImportedFile& file, const std::vector<ActionKey>& actions) {
  const std::string blocks = state_->blocks.finish();
  const std::int64_t org = state_->org_id(file.org);
  if (!file.tenant.empty()) {
    Statement tenant = state_->db.prepare("INSERT INTO org_tenant VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    tenant.bind(1, org).bind(2, std::string_view(file.vendor)).bind(3, std::string_view(file.tenant)).run();
  }
  state_->write_users();
  state_->write_ledger(file, org);
  state_->write_actions(actions);
  state_->names.finish();
  state_->seal(blocks);
  state_->transaction.commit();
}

}  // namespace seatlint
