// SPDX-License-Identifier: Apache-2.0
// Typed reads: rows of the store back as the values they were made from.
#include <nlohmann/json.hpp>

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

StoredProof read_proof(const Statement& row) {
  return {row.integer(0),
          row.integer(1),
          row.integer(2),
          *row.day(3),
          *row.day(5),
          static_cast<std::uint64_t>(row.integer(4)),
          static_cast<std::uint64_t>(row.integer(6))};
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
      "SELECT line, email, hr_id, login, last_day, from_day, to_day FROM person_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step()) {
    PersonRow person;
    person.email = row.text(1);
    person.hr_id = row.text(2);
    person.login = row.text(3);
    person.last_day = row.day(4);
    person.from = row.day(5);
    person.to = row.day(6);
    visit(person, line_of(row));
  }
}

void Store::each_lookup(std::int64_t file, const std::function<void(const LookupRow&, std::uint64_t)>& visit) const {
  Statement row = db_.prepare("SELECT line, key, name, product FROM lookup_row WHERE file_id = ?1 ORDER BY line");
  row.bind(1, file);
  while (row.step())
    visit({std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))}, line_of(row));
}

std::vector<StoredActor> Store::actors() const {
  Statement row = db_.prepare(
      "SELECT a.id, o.name, a.vendor, a.key_id, a.login, a.email FROM actor a JOIN org o ON o.id = a.org_id ORDER BY "
      "a.id");
  std::vector<StoredActor> actors;
  while (row.step()) {
    StoredActor actor{row.integer(0), std::string(row.text(1)), std::string(row.text(2)), {}};
    actor.identity.id = row.text(3);
    actor.identity.login = row.text(4);
    actor.identity.email = row.text(5);
    actors.push_back(std::move(actor));
  }
  return actors;
}

std::vector<StoredAction> Store::actions() const {
  Statement row = db_.prepare("SELECT id, vendor, object, verb, app, environment, machine FROM action ORDER BY id");
  std::vector<StoredAction> actions;
  while (row.step())
    actions.push_back({row.integer(0),
                       std::string(row.text(1)),
                       {std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)),
                        std::string(row.text(5)), row.integer(6) != 0}});
  return actions;
}

void Store::each_activity(const std::function<void(const StoredActivity&)>& visit) const {
  Statement row =
      db_.prepare("SELECT actor_id, action_id, first_day, days FROM activity_row ORDER BY actor_id, action_id");
  while (row.step()) {
    const auto first = static_cast<std::int32_t>(row.integer(2));
    visit({row.integer(0), row.integer(1), {Day{first / 8 * 8}, row.blob(3)}});
  }
}

void Store::each_proof_of(const std::vector<std::int64_t>& actors,
                          const std::function<void(const StoredProof&)>& visit) const {
  Statement row = db_.prepare(
      "SELECT actor_id, action_id, file_id, first_day, first_line, last_day, last_line FROM activity_proof "
      "WHERE actor_id = ?1 ORDER BY action_id, file_id");
  for (const std::int64_t actor : actors) {
    row.bind(1, actor);
    while (row.step()) visit(read_proof(row));
    row.reset();
  }
}

}  // namespace seatlint
