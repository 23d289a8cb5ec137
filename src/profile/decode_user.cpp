// SPDX-License-Identifier: Apache-2.0
// A record of a list of users or assignments.
#include <algorithm>
#include <array>

#include "profile/file_decoder.hpp"
#include "profile/pattern.hpp"
#include "seatlint/concealed.hpp"

namespace seatlint::profile {
namespace {

/// "3 hours ago", "2 weeks ago", "yesterday": days back from the snapshot, to the nearest possible day.
std::optional<int> days_ago(std::string_view text) {
  const std::string folded = fold_case(text);
  if (folded == "today" || folded == "just now" || folded == "now") return 0;
  if (folded == "yesterday") return 1;
  const auto blank = folded.find(' ');
  if (blank == std::string::npos || !glob_match("* ago", folded)) return std::nullopt;
  const std::string amount = folded.substr(0, blank);
  const auto number = amount == "a" || amount == "an" ? std::optional<std::int64_t>(1) : parse_count(amount);
  std::string unit = folded.substr(blank + 1, folded.size() - blank - 5);
  if (!unit.empty() && unit.back() == 's') unit.pop_back();
  static constexpr std::array<std::pair<std::string_view, int>, 7> units = {
      {{"second", 0}, {"minute", 0}, {"hour", 0}, {"day", 1}, {"week", 7}, {"month", 28}, {"year", 365}}};
  for (const auto& [name, days] : units)
    if (number && *number < 36525 && name == trim(unit)) return static_cast<int>(*number) * days;
  return std::nullopt;
}

}  // namespace

LastActivity FileDecoder::last_activity() {
  using Kind = LastActivity::Kind;
  if (!has("last_activity")) return {};
  Slot& from = slot("last_activity");
  const Cell cell = columns_.first(from.field, scratch_);
  if (const auto* found = from.words.find(cell.text)) return {*found == "never" ? Kind::never : Kind::absent, {}};
  if (cell.text.empty()) return {};
  if (const auto stamp = parse_stamp(cell.text, {cell.source->order, rules_.excel})) {
    const Day day = to_day(*stamp);
    return cell.source->bound ? LastActivity{Kind::before, day + 1} : LastActivity{Kind::on, day};
  }
  const auto as_of = options_.snapshot_date ? options_.snapshot_date : snapshot_date();
  for (const auto& entry : from.words.vocabulary().words) {
    if (entry.name != "not_within" || !as_of) continue;
    for (const auto& pattern : entry.globs)
      if (const auto part = capture(pattern, cell.text))
        if (const auto days = parse_count(*part); days && *days > 0 && *days < 36525)
          return {Kind::before, *as_of - static_cast<int>(*days) + 1};
  }
  if (rules_.relative && as_of)
    if (const auto back = days_ago(cell.text)) return {Kind::on, *as_of - *back};
  note(from, cell);
  return {};
}

void FileDecoder::shown_login(UserRow& row) {
  row.shown.clear();
  const bool by_login = !row.identity.login.empty();
  const FieldName name = by_login ? FieldName("login") : FieldName("email");
  const auto written = trim(columns_.first(slot(name).field, scratch_key_).text);
  const std::string& key = by_login ? row.identity.login : row.identity.email;
  if (written != key) {
    fold_case(written, written_);
    if (written_ != key) return;
  } else if (by_login) {
    return;
  }
  row.shown = written;
}

/// Every part of the row is written: it holds what another record said.
std::optional<Skipped> FileDecoder::decode_user(UserRow& row) {
  identity(row.identity);
  if (row.identity.id.empty() && row.identity.login.empty() && row.identity.email.empty())
    return Skipped{"no account", std::nullopt};
  if (conceals(row.identity)) return Skipped{std::string(concealed_reason), std::nullopt};
  shown_login(row);
  text("name", row.name);
  text("title", row.title);
  text("department", row.department);
  key("manager", row.manager);
  text("cost_center", row.cost_center);
  text("environment", row.environment);
  list("roles", row.roles);
  Cell cell;
  row.state.reset();
  if (const auto* state = set_by(states_))
    row.state = parse_account_state(*state);
  else if (has("status"))
    if (const auto* found = word(slot("status"), cell)) row.state = parse_account_state(*found);
  row.account_class.reset();
  if (const auto* cls = set_by(classes_))
    row.account_class = parse_account_class(*cls);
  else if (has("class"))
    if (const auto* found = word(slot("class"), cell)) row.account_class = parse_account_class(*found);
  row.created = day_or_note("created");
  row.last_activity = last_activity();
  row.has_products = has("products") || has("group_products");
  list("products", row.products);
  list("group_products", row.group_products);
  key("profile_ref", row.profile_ref);
  text("profile_name", row.profile_name);
  row.license_id.reset();
  if (has("license_id")) key("license_id", row.license_id.emplace());
  return std::nullopt;
}

}  // namespace seatlint::profile
