// SPDX-License-Identifier: Apache-2.0
// One record into one fact: what all kinds share, then activity.
#include <fmt/core.h>

#include <algorithm>

#include "profile/file_decoder.hpp"
#include "seatlint/concealed.hpp"

namespace seatlint::profile {
namespace {

/// What an item of a list is called from here on; empty: it is none.
std::string_view meaning(Lexicon& words, std::string_view text) {
  const auto* found = words.empty() ? nullptr : words.find(text);
  return found == nullptr ? text : *found == "none" ? std::string_view() : *found;
}

}  // namespace

std::string FileDecoder::text(FieldName name) {
  std::string found;
  text(name, found);
  return found;
}

void FileDecoder::text(FieldName name, std::string& into) {
  if (has(name)) {
    into.assign(columns_.first(slot(name).field, scratch_).text);
  } else {
    into.clear();
  }
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

std::optional<Day> FileDecoder::day_or_note(FieldName name) {
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

void FileDecoder::decode(const csv::Record& record, Decoded& into) {
  record_ = &record;
  columns_.load(record);
  if (auto other = out_of_table(record)) {
    into = std::move(*other);
    return;
  }
  if (auto skipped = filtered()) {
    into = std::move(*skipped);
    return;
  }
  gather();
  switch (profile_.kind) {
    case RecordKind::users:
    case RecordKind::assignments:
      if (!std::holds_alternative<UserRow>(into)) into.emplace<UserRow>();
      if (auto skipped = decode_user(std::get<UserRow>(into))) into = std::move(*skipped);
      break;
    case RecordKind::activity:
      into = decode_activity();
      break;
    case RecordKind::entitlements:
      into = decode_entitlement();
      break;
    case RecordKind::departures:
    case RecordKind::leave:
      into = decode_person();
      break;
    case RecordKind::lookup:
      into = decode_lookup();
      break;
  }
  if (const auto column = columns_.broken_json(); column != 0)
    into = Reject{
        record.line, column,
        fmt::format("{} is not JSON: the file was probably opened and saved in a spreadsheet, or cut; export it again",
                    header_.name(column - 1))};
}

void FileDecoder::to_first_domain(std::string& address) const {
  if (domains_.empty()) return;
  const auto at = address.rfind('@');
  if (at == std::string::npos) return;
  const auto found = domains_.find(address.substr(at + 1));
  if (found != domains_.end()) address.replace(at + 1, std::string::npos, found->second);
}

bool FileDecoder::conceals(const Identity& who) {
  if (rules_.concealed.empty() || (!is_concealed(who.login) && !is_concealed(who.email))) return false;
  if (concealed_++ == 0) concealed_line_ = record_->line;
  return true;
}

void FileDecoder::key(FieldName name, std::string& into) {
  into.clear();
  if (!has(name)) return;
  const Slot& from = slot(name);
  const Cell cell = columns_.first(from.field, scratch_key_);
  if (cell.text.empty()) return;
  std::optional<KeyForm> form = cell.source->as ? cell.source->as : from.form;
  if (!form && name == "manager" && cell.text.find('@') != std::string_view::npos) form = KeyForm::text;
  normalize_key(cell.text, form, into);
}

void FileDecoder::identity(Identity& into) {
  key("id", into.id);
  for (const auto& [name, address] : {std::pair<FieldName, std::string*>{FieldName("login"), &into.login},
                                      {FieldName("email"), &into.email},
                                      {FieldName("user"), &written_}}) {
    key(name, *address);
    to_first_domain(*address);
  }
  if (!written_.empty()) {
    if (into.login.empty()) into.login = written_;
    if (into.email.empty() && written_.find('@') != std::string::npos) into.email = written_;
  }
  key("federation_id", into.federation_id);
  key("hr_id", into.hr_id);
  aliases(into);
}

void FileDecoder::aliases(Identity& of) {
  of.aliases.clear();
  for (const auto& [name, key] :
       {std::pair<FieldName, const std::string*>{FieldName("login"), &of.login}, {FieldName("email"), &of.email}}) {
    if (!has(name)) continue;
    // A guest's own spelling in this tenant, or one with a plus tag, stays a way to find the account.
    fold_case(columns_.first(slot(name).field, scratch_key_).text, written_);
    to_first_domain(written_);
    if (!written_.empty() && written_ != *key) of.aliases.push_back(written_);
  }
  std::vector<std::string> given;
  list("aliases", given);
  for (std::string& alias : given) {
    normalize_key(alias, slot("aliases").form, written_);
    to_first_domain(written_);
    if (!written_.empty() && written_ != of.login && written_ != of.email && written_ != of.id &&
        std::find(of.aliases.begin(), of.aliases.end(), written_) == of.aliases.end())
      of.aliases.push_back(written_);
  }
}

bool FileDecoder::add_items(Slot& from, const Cell& cell, bool repeated, std::vector<std::string>& into) {
  const std::string_view whole = cell.text.empty() ? std::string_view() : meaning(from.words, cell.text);
  if (whole.empty()) return false;
  const std::size_t before = into.size();
  const auto add = [&](std::string_view item) {
    const std::string_view means = item == cell.text ? whole : meaning(from.words, item);
    const auto end = repeated ? into.begin() + static_cast<std::ptrdiff_t>(before) : into.end();
    if (!means.empty() && std::find(into.begin(), end, means) == end) into.emplace_back(means);
  };
  if (from.split == nullptr) {
    if (const auto item = trim(cell.text); !item.empty()) add(item);
    return true;
  }
  const auto items = split_cell(cell.text, from.split);
  if (!items) {
    note(from, cell);
  } else {
    for (const std::string& item : *items) add(item);
  }
  return true;
}

void FileDecoder::list(FieldName name, std::vector<std::string>& into) {
  into.clear();
  if (!has(name)) return;
  Slot& from = slot(name);
  // Several columns may say the same thing; a product written twice in one cell is assigned twice. A none word in an
  // earlier column must not hide the list in a later one.
  for (const auto& source : from.field.sources)
    if (add_items(from, columns_.text_of(source, scratch_), name == "products", into) && !from.field.all) break;
  static const std::vector<std::string> no = {"", "no", "false", "0", "n", "-", "nein", "non"};
  for (const auto& wide : from.field.wide) {
    const auto text = columns_.cell(wide.index);
    if (fits_any(from.field.yes, text, false))
      into.push_back(wide.means);
    else if (!fits_any(no, text, false))
      unknown_.note(header_.name(wide.index), text, record_->line);
  }
}

Decoded FileDecoder::decode_activity() {
  ActivityRow row;
  const auto when = date(slot("time"));
  if (when.state != DateState::on) return bad_date(slot("time"), when);
  row.day = when.day;
  identity(row.actor);
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
  const auto open_word = [&](FieldName name) {
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
