// SPDX-License-Identifier: Apache-2.0
// Typed reads: rows of the store back as the values they were made from.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ingest/activity_block.hpp"
#include "store/store.hpp"

namespace seatlint {
namespace {

/// A JSON array of texts. Only what is escaped needs the library: every user has several of these.
std::vector<std::string> texts_of(std::string_view json) {
  if (json.find('\\') != std::string_view::npos) return nlohmann::json::parse(json).get<std::vector<std::string>>();
  std::vector<std::string> texts;
  for (std::size_t open = json.find('"'); open != std::string_view::npos;) {
    const std::size_t close = json.find('"', open + 1);
    if (close == std::string_view::npos)
      throw Error("the store is damaged: a list that can't be read; restore a backup");
    texts.emplace_back(json.substr(open + 1, close - open - 1));
    open = json.find('"', close + 1);
  }
  return texts;
}

std::vector<std::string> list(const Statement& row, int at) {
  return row.is_null(at) ? std::vector<std::string>() : texts_of(row.text(at));
}

UserRow read_user(const Statement& row) {
  UserRow user;
  user.identity = {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), list(row, 4),
                   std::string(row.text(5)), std::string(row.text(6))};
  user.name = row.text(7);
  user.title = row.text(8);
  user.department = row.text(9);
  user.manager = row.text(10);
  user.cost_center = row.text(11);
  user.environment = row.text(12);
  user.roles = list(row, 13);
  if (!row.is_null(14)) user.state = parse_account_state(row.text(14));
  if (!row.is_null(15)) user.account_class = parse_account_class(row.text(15));
  user.created = row.day(16);
  user.last_activity.kind = static_cast<LastActivity::Kind>(row.integer(17));
  user.last_activity.day = row.day(18).value_or(Day{});
  user.has_products = !row.is_null(19);
  user.products = list(row, 19);
  user.group_products = list(row, 20);
  user.profile_ref = row.text(21);
  user.profile_name = row.text(22);
  user.shown = row.text(23);
  return user;
}

std::uint64_t line_of(const Statement& row) { return static_cast<std::uint64_t>(row.integer(0)); }

StoredBlock read_block(const Statement& row) {
  return {row.integer(0),  static_cast<std::uint64_t>(row.integer(1)), row.text(2), row.text(3), row.text(4),
          row.blob_view(5)};
}

}  // namespace

void Store::each_user(std::int64_t file, const std::function<void(const UserRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare(
      "SELECT line, id, login, email, aliases, federation_id, hr_id, name, title, department, manager, cost_center, "
      "environment, roles, state, class, created, last_kind, last_day, products, group_products, profile_ref, "
      "profile_name, shown FROM user_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step()) visit(read_user(row), line_of(row));
}

std::vector<std::string> Store::logins() const {
  Statement row = db_.prepare("SELECT DISTINCT coalesce(login, id, email) FROM user_row ORDER BY 1");
  std::vector<std::string> logins;
  while (row.step()) logins.emplace_back(row.text(0));
  return logins;
}

void Store::each_entitlement(std::int64_t file,
                             const std::function<void(const EntitlementRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare(
      "SELECT line, product, quantity, assigned, price_minor, currency, term_start, term_end, notice_days, floor, "
      "reducible FROM entitlement_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step()) {
    EntitlementRow line;
    line.product = row.text(1);
    line.quantity = row.optional_integer(2);
    line.assigned = row.optional_integer(3);
    if (!row.is_null(4)) line.unit_price = Money{row.integer(4), std::string(row.text(5))};
    line.term_start = row.day(6);
    line.term_end = row.day(7);
    if (!row.is_null(8)) line.notice_days = static_cast<int>(row.integer(8));
    line.floor = row.optional_integer(9);
    line.reducible = row.text(10);
    visit(line, line_of(row));
  }
}

void Store::each_person(std::int64_t file, const std::function<void(const PersonRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare(
      "SELECT line, email, hr_id, login, last_day, from_day, to_day, share FROM person_row WHERE file_id = ?1 "
      "ORDER BY line");
  row.bind(1, file);
  while (row.step()) {
    PersonRow person;
    person.email = row.text(1);
    person.hr_id = row.text(2);
    person.login = row.text(3);
    person.last_day = row.day(4);
    person.from = row.day(5);
    person.to = row.day(6);
    if (!row.is_null(7)) person.share = static_cast<int>(row.integer(7));
    visit(person, line_of(row));
  }
}

void Store::each_lookup(std::int64_t file, const std::function<void(const LookupRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare("SELECT line, key, name, product FROM lookup_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step())
    visit({std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))}, line_of(row));
}

std::vector<StoredAction> Store::actions() const {
  Statement row = db_.prepare(
      "SELECT a.file_id, a.number, f.vendor, a.object, a.verb, a.app, a.environment, a.machine "
      "FROM activity_action a JOIN imported_file f ON f.id = a.file_id ORDER BY a.file_id, a.number");
  std::vector<StoredAction> actions;
  while (row.step())
    actions.push_back({row.integer(0),
                       static_cast<std::uint32_t>(row.integer(1)),
                       std::string(row.text(2)),
                       {std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
                        std::string(row.text(6)), row.integer(7) != 0}});
  return actions;
}

void Store::each_block(const std::function<void(const StoredBlock&)>& visit) const {
  Statement row =
      db_.prepare("SELECT file_id, actor, id, login, email, facts FROM activity_block ORDER BY file_id, part, actor");
  while (row.step()) visit(read_block(row));
}

void Store::each_block_of(std::vector<std::uint64_t> actors,
                          const std::function<void(const StoredBlock&)>& visit) const {
  constexpr std::size_t many = 2000;  // from here on one sweep over everything is quicker
  constexpr std::int64_t reach = 8;   // an identity stands at its hash or, where others share that, shortly behind
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  const auto named = [](StoredBlock block) {
    block.actor = identity_hash(block.id, block.login, block.email);
    return block;
  };
  if (actors.size() >= many)
    return each_block([&](const StoredBlock& stored) {
      const StoredBlock block = named(stored);
      if (std::binary_search(actors.begin(), actors.end(), block.actor)) visit(block);
    });
  Statement parts = db_.prepare(
      "SELECT f.id, (SELECT max(part) FROM activity_block WHERE file_id = f.id) FROM imported_file f "
      "WHERE f.kind = 'activity' ORDER BY f.id");
  Statement row = db_.prepare(
      "SELECT file_id, actor, id, login, email, facts FROM activity_block "
      "WHERE file_id = ?1 AND part = ?2 AND actor BETWEEN ?3 AND ?4 ORDER BY actor");
  while (parts.step()) {
    if (parts.is_null(1)) continue;
    for (std::int64_t part = 0; part <= parts.integer(1); ++part)
      for (const std::uint64_t actor : actors) {
        const auto at = static_cast<std::int64_t>(actor);
        row.bind(1, parts.integer(0)).bind(2, part).bind(3, at).bind(4, at + reach);
        while (row.step())
          if (const StoredBlock block = named(read_block(row)); block.actor == actor) visit(block);
        row.reset();
      }
  }
}

}  // namespace seatlint
