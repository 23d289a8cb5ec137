// SPDX-License-Identifier: Apache-2.0
// A row of a log in parts that depend on different cells, so that equal cells need to be understood only once.
#include <algorithm>

#include "profile/file_decoder.hpp"

namespace seatlint::profile {
namespace {

/// Columns of plain cells; false where a text comes from elsewhere.
bool add_columns(const BoundSource& source, std::vector<std::size_t>& columns) {
  switch (source.kind) {
    case BoundSource::Kind::constant:
      return true;
    case BoundSource::Kind::cell:
      columns.push_back(source.index);
      return true;
    case BoundSource::Kind::join:
      columns.insert(columns.end(), source.joined.begin(), source.joined.end());
      return true;
    case BoundSource::Kind::json:
      break;
  }
  return false;
}

bool add_columns(const BoundField& field, std::vector<std::size_t>& columns) {
  for (const auto& wide : field.wide) columns.push_back(wide.index);
  return std::all_of(field.sources.begin(), field.sources.end(),
                     [&](const BoundSource& source) { return add_columns(source, columns); });
}

bool add_columns(const BoundPredicate& predicate, std::vector<std::size_t>& columns) {
  return std::all_of(predicate.tests.begin(), predicate.tests.end(),
                     [&](const BoundTest& test) { return add_columns(test.field, columns); });
}

void tidy(std::vector<std::size_t>& columns) {
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
}

}  // namespace

std::optional<ActivityColumns> FileDecoder::activity_columns() const {
  const bool rows_alone =
      rules_.footer.empty() && rules_.fill_down.empty() && rules_.dedupe.empty() && rules_.values.count("time") == 0;
  if (profile_.kind != RecordKind::activity || !rows_alone) return std::nullopt;
  const BoundField& when = slot("time").field;
  if (when.sources.size() != 1 || when.sources[0].kind != BoundSource::Kind::cell || !when.sources[0].pattern.empty())
    return std::nullopt;
  for (const auto& field : snapshot_columns_)
    if (field.bound()) return std::nullopt;

  ActivityColumns out;
  out.time = when.sources[0].index;
  bool plain = true;
  static constexpr std::array<FieldName, 7> actor = {"id",    "login",  "email", "user", "federation_id",
                                                     "hr_id", "aliases"};
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (&slots_[i] == &slot("time")) continue;
    const bool of_actor = std::any_of(actor.begin(), actor.end(), [&](FieldName name) { return name.number() == i; });
    plain = plain && add_columns(slots_[i].field, of_actor ? out.actor : out.action);
  }
  for (const auto* sets : {&clients_, &sign_ins_})
    for (const auto& set : *sets) plain = plain && add_columns(set.when, out.action);
  for (const auto& skip : skips_) plain = plain && add_columns(skip.when, out.action);
  plain = plain && add_columns(tenant_, out.action);
  tidy(out.actor);
  tidy(out.action);
  // A rule on the time of day would make every row one of its own.
  if (!plain || std::binary_search(out.action.begin(), out.action.end(), out.time)) return std::nullopt;
  out.login_as_written = user_is_login();
  return out;
}

bool FileDecoder::user_is_login() const {
  const BoundField& user = slot("user").field;
  if (user.sources.size() != 1) return false;
  for (const FieldName other :
       std::initializer_list<FieldName>{"id", "login", "email", "federation_id", "hr_id", "aliases"})
    if (has(other)) return false;
  const BoundSource& source = user.sources.front();
  return source.kind == BoundSource::Kind::cell && source.pattern.empty() && !source.as && domains_.empty() &&
         rules_.nulls.empty() && rules_.identity.count("user") == 0;
}

DayReader FileDecoder::day_reader() const {
  const BoundSource& source = slot("time").field.sources.front();
  return {{source.order, rules_.excel}, source_zone_, policy_zone_, zone_stated_};
}

Identity FileDecoder::actor_of(const csv::Record& record) {
  record_ = &record;
  columns_.load(record);
  Identity actor;
  identity(actor);
  return actor;
}

ActionMeaning FileDecoder::action_of(const csv::Record& record) {
  record_ = &record;
  columns_.load(record);
  ActionMeaning out;
  for (const auto& skip : skips_) {
    if (holds(columns_, skip.when) == skip.rule->keep) continue;
    out.skipped = skip.rule->reason;
    out.covers = skip.rule->covers;
    return out;
  }
  noting_ = false;
  noted_ = false;
  decode_action(out.row);
  noting_ = true;
  out.strange = noted_;
  if (!tenant_.bound()) return out;
  const Cell cell = columns_.first(tenant_, scratch_);
  if (!cell.text.empty()) out.tenant = normalize_key(cell.text, cell.source->as);
  return out;
}

void FileDecoder::saw_tenant(const std::string& tenant, std::uint64_t rows) { tenants_[tenant] += rows; }

}  // namespace seatlint::profile
