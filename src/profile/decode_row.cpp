// SPDX-License-Identifier: Apache-2.0
// One record into one fact: what all kinds share, then users and activity.
#include <fmt/core.h>

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

FileDecoder::Slot& FileDecoder::slot(std::string_view name) { return slots_.find(name)->second; }

bool FileDecoder::has(std::string_view name) const {
  const auto found = slots_.find(name);
  return found != slots_.end() && found->second.field.bound();
}

std::string FileDecoder::text(std::string_view name) {
  return has(name) ? std::string(columns_.first(slot(name).field, scratch_).text) : std::string();
}

const std::string& FileDecoder::label(const Cell& cell, const Slot& slot) const {
  return cell.column == 0 ? slot.field.name : header_.name(cell.column - 1);
}

void FileDecoder::note(const Slot& slot, const Cell& cell) {
  if (cell.text.empty()) return;
  noted_ = true;
  if (noting_) unknown_.note(label(cell, slot), cell.text, record_->line);
}

const std::string* FileDecoder::word(Slot& slot, Cell& cell) {
  cell = columns_.first(slot.field, scratch_);
  const auto* found = slot.words.find(cell.text);
  if (found == nullptr) note(slot, cell);
  return found;
}

FileDecoder::DateValue FileDecoder::date(Slot& slot) {
  DateValue out;
  out.cell = columns_.first(slot.field, scratch_);
  if (const auto* found = slot.words.empty() ? nullptr : slot.words.find(out.cell.text); found && *found == "none") {
    out.state = DateState::none;
    return out;
  }
  if (out.cell.text.empty()) return out;
  const auto stamp = parse_stamp(out.cell.text, {out.cell.source->order, rules_.excel});
  out.state = stamp ? DateState::on : DateState::bad;
  if (stamp) out.day = to_day(*stamp);
  return out;
}

std::optional<Day> FileDecoder::day_or_note(std::string_view name) {
  if (!has(name)) return std::nullopt;
  const auto value = date(slot(name));
  if (value.state == DateState::bad) note(slot(name), value.cell);
  return value.state == DateState::on ? std::optional(value.day) : std::nullopt;
}

Reject FileDecoder::bad_date(const Slot& slot, const DateValue& value) const {
  const auto& name = label(value.cell, slot);
  if (value.state == DateState::bad)
    return {record_->line, value.cell.column,
            fmt::format("{} is no date that is understood: \"{}\"", name, value.cell.text)};
  return {record_->line, value.cell.column, fmt::format("{} is blank", name)};
}

const std::string* FileDecoder::set_by(const std::vector<BoundSet>& sets) {
  for (const auto& set : sets)
    if (holds(columns_, set.when)) return &set.rule->value;
  return nullptr;
}

std::optional<Decoded> FileDecoder::out_of_table(const csv::Record& record) {
  if (is_footer(record, false)) return Skipped{"footer", std::nullopt};
  if (is_header(record)) return Skipped{"repeated header", std::nullopt};
  const auto blank = [](std::string_view cell) { return clean_cell(cell).empty(); };
  if (std::all_of(record.fields.begin(), record.fields.end(), blank)) return Skipped{"blank row", std::nullopt};
  for (std::size_t i = header_.size(); i < record.fields.size(); ++i)
    if (!blank(record.fields[i]))
      return Reject{record.line, static_cast<std::uint32_t>(i) + 1,
                    fmt::format("the row has {} cells, the header {}: a delimiter or quote too many",
                                record.fields.size(), header_.size())};
  return std::nullopt;
}

std::optional<Decoded> FileDecoder::filtered() {
  for (const auto& skip : skips_) {
    if (holds(columns_, skip.when) != skip.rule->keep) {
      if (columns_.broken_json() != 0) break;
      Skipped out{skip.rule->reason, std::nullopt};
      if (skip.rule->covers && has("time"))
        if (const auto value = date(slot("time")); value.state == DateState::on) out.day = value.day;
      return out;
    }
  }
  return std::nullopt;
}

Decoded FileDecoder::decode(const csv::Record& record) {
  record_ = &record;
  columns_.load(record);
  if (auto other = out_of_table(record)) return *other;
  if (auto skipped = filtered()) return *skipped;
  gather();
  Decoded out;
  switch (profile_.kind) {
    case RecordKind::users:
    case RecordKind::assignments:
      out = decode_user();
      break;
    case RecordKind::activity:
      out = decode_activity();
      break;
    case RecordKind::entitlements:
      out = decode_entitlement();
      break;
    case RecordKind::departures:
    case RecordKind::leave:
      out = decode_person();
      break;
    case RecordKind::lookup:
      out = decode_lookup();
      break;
  }
  if (const auto column = columns_.broken_json(); column != 0)
    return Reject{
        record.line, column,
        fmt::format("{} is not JSON: the file was probably opened and saved in a spreadsheet, or cut; export it again",
                    header_.name(column - 1))};
  return out;
}

std::string FileDecoder::domain_of(std::string text) const {
  const auto at = text.rfind('@');
  if (domains_.empty() || at == std::string::npos) return text;
  const auto found = domains_.find(text.substr(at + 1));
  return found == domains_.end() ? text : text.substr(0, at + 1) + found->second;
}

bool FileDecoder::conceals(const Identity& who) {
  if (rules_.concealed.empty() || (!is_concealed(who.login) && !is_concealed(who.email))) return false;
  if (concealed_++ == 0) concealed_line_ = record_->line;
  return true;
}

std::string FileDecoder::key(std::string_view name) {
  if (!has(name)) return {};
  const Cell cell = columns_.first(slot(name).field, scratch_key_);
  if (cell.text.empty()) return {};
  std::optional<KeyForm> form = cell.source->as;
  if (const auto rule = rules_.identity.find(name); !form && rule != rules_.identity.end()) form = rule->second;
  if (!form && name == "manager" && cell.text.find('@') != std::string_view::npos) form = KeyForm::text;
  if (!form && name != "id" && name != "key" && name != "license_id" && name != "profile_ref" && name != "manager")
    form = KeyForm::text;
  return normalize_key(cell.text, form);
}

Identity FileDecoder::identity() {
  Identity out;
  out.id = key("id");
  out.login = domain_of(key("login"));
  out.email = domain_of(key("email"));
  if (auto user = domain_of(key("user")); !user.empty()) {
    if (out.login.empty()) out.login = user;
    if (out.email.empty() && user.find('@') != std::string::npos) out.email = std::move(user);
  }
  out.federation_id = key("federation_id");
  out.hr_id = key("hr_id");
  for (const auto& [name, key] : {std::pair{"login", &out.login}, {"email", &out.email}}) {
    if (!has(name)) continue;
    // A guest's own spelling in this tenant, or one with a plus tag, stays a way to find the account.
    const std::string written = domain_of(fold_case(columns_.first(slot(name).field, scratch_key_).text));
    if (!written.empty() && written != *key) out.aliases.push_back(written);
  }
  for (auto& alias : list("aliases")) {
    auto folded = domain_of(
        normalize_key(alias, rules_.identity.count("aliases") != 0 ? rules_.identity.at("aliases") : KeyForm::text));
    if (!folded.empty() && folded != out.login && folded != out.email && folded != out.id &&
        std::find(out.aliases.begin(), out.aliases.end(), folded) == out.aliases.end())
      out.aliases.push_back(std::move(folded));
  }
  return out;
}

std::vector<std::string> FileDecoder::list(std::string_view name) {
  std::vector<std::string> out;
  if (!has(name)) return out;
  Slot& from = slot(name);
  const auto rule = rules_.split.find(name);
  const Split* split = rule == rules_.split.end() ? nullptr : &rule->second;
  // "none" is no item; any other word is what the item is called from here on.
  const auto meaning = [&](std::string_view text) {
    const auto* found = from.words.empty() ? nullptr : from.words.find(text);
    return found == nullptr ? std::string(text) : *found == "none" ? std::string() : *found;
  };
  const auto add = [&](const Cell& cell) {
    if (cell.text.empty() || meaning(cell.text).empty()) return false;
    const auto items = split_cell(cell.text, split);
    if (!items) note(from, cell);
    // Several columns may say the same thing; a product written twice in one cell is assigned twice.
    const auto said = static_cast<std::ptrdiff_t>(name == "products" ? out.size() : 0);
    const auto known = [&](const std::string& item) {
      const auto end = name == "products" ? out.begin() + said : out.end();
      return std::find(out.begin(), end, item) != end;
    };
    for (const auto& item : items.value_or(std::vector<std::string>{})) {
      auto means = meaning(item);
      if (!means.empty() && !known(means)) out.push_back(std::move(means));
    }
    return true;
  };
  // A none word in an earlier column must not hide the list in a later one.
  for (const auto& source : from.field.sources)
    if (add(columns_.text_of(source, scratch_)) && !from.field.all) break;
  static const std::vector<std::string> no = {"", "no", "false", "0", "n", "-", "nein", "non"};
  for (const auto& wide : from.field.wide) {
    const auto text = columns_.cell(wide.index);
    if (fits_any(from.field.yes, text, false))
      out.push_back(wide.means);
    else if (!fits_any(no, text, false))
      unknown_.note(header_.name(wide.index), text, record_->line);
  }
  return out;
}

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

Decoded FileDecoder::decode_user() {
  UserRow row;
  row.identity = identity();
  if (row.identity.id.empty() && row.identity.login.empty() && row.identity.email.empty())
    return Skipped{"no account", std::nullopt};
  if (conceals(row.identity)) return Skipped{std::string(concealed_reason), std::nullopt};
  const char* shown = row.identity.login.empty() ? "email" : "login";
  if (has(shown)) {
    const std::string written(trim(columns_.first(slot(shown).field, scratch_key_).text));
    if (written != row.identity.login &&
        fold_case(written) == (row.identity.login.empty() ? row.identity.email : row.identity.login))
      row.shown = written;
  }
  row.name = text("name");
  row.title = text("title");
  row.department = text("department");
  row.manager = key("manager");
  row.cost_center = text("cost_center");
  row.environment = text("environment");
  row.roles = list("roles");
  Cell cell;
  if (const auto* state = set_by(states_))
    row.state = parse_account_state(*state);
  else if (has("status"))
    if (const auto* found = word(slot("status"), cell)) row.state = parse_account_state(*found);
  if (const auto* cls = set_by(classes_))
    row.account_class = parse_account_class(*cls);
  else if (has("class"))
    if (const auto* found = word(slot("class"), cell)) row.account_class = parse_account_class(*found);
  row.created = day_or_note("created");
  row.last_activity = last_activity();
  row.has_products = has("products") || has("group_products");
  row.products = list("products");
  row.group_products = list("group_products");
  row.profile_ref = key("profile_ref");
  row.profile_name = text("profile_name");
  if (has("license_id")) row.license_id = key("license_id");
  return row;
}

Decoded FileDecoder::decode_activity() {
  ActivityRow row;
  const auto when = date(slot("time"));
  if (when.state != DateState::on) return bad_date(slot("time"), when);
  row.day = when.day;
  row.actor = identity();
  if (row.actor.id.empty() && row.actor.login.empty() && row.actor.email.empty()) return Skipped{"no user", row.day};
  if (conceals(row.actor)) return Skipped{std::string(concealed_reason), row.day};
  decode_action(row);
  for (const auto& source : dedupe_) {
    const auto part = columns_.text_of(source, scratch_).text;
    if (part.empty() && row.dedupe_key.empty()) break;  // without its first part there is no key
    row.dedupe_key += row.dedupe_key.empty() ? "" : "\x1f";
    row.dedupe_key += part;
  }
  return row;
}

void FileDecoder::decode_action(ActivityRow& row) {
  Cell cell;
  const auto open_word = [&](const char* name) {
    if (!has(name)) return std::string();
    Slot& from = slot(name);
    cell = columns_.first(from.field, scratch_);
    const auto* found = from.words.find(cell.text);
    return found != nullptr ? fold_case(*found) : fold_case(cell.text);
  };
  row.object = has("object") ? open_word("object") : "session";
  row.verb = has("verb") || row.object != "session" ? open_word("verb") : "sign-in";
  if (set_by(sign_ins_) != nullptr) row.object = "session", row.verb = "sign-in";
  if (has("app")) {
    Slot& from = slot("app");
    cell = columns_.first(from.field, scratch_);
    const auto* found = from.words.find(cell.text);
    row.app = found != nullptr ? *found : std::string(cell.text);
  }
  row.environment = text("environment");
  if (has("outcome")) {
    const auto* found = word(slot("outcome"), cell);
    row.success = found != nullptr && *found == "success";
  }
  if (const auto* client = set_by(clients_))
    row.machine = *client == "machine";
  else if (has("client")) {
    const auto* found = word(slot("client"), cell);
    row.machine = found != nullptr && *found == "machine";
  }
}

}  // namespace seatlint::profile
