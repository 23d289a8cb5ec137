// SPDX-License-Identifier: Apache-2.0
// One record into one fact: what was bought, who left or is away, and what another file's reference means.
#include <fmt/core.h>

#include "profile/file_decoder.hpp"

namespace seatlint::profile {

std::optional<std::int64_t> FileDecoder::count(FieldName name) {
  if (!has(name)) return std::nullopt;
  Slot& from = slot(name);
  const Cell cell = columns_.first(from.field, scratch_);
  if (cell.text.empty() || (!from.words.empty() && from.words.find(cell.text) != nullptr)) return std::nullopt;
  const auto value = parse_count(cell.text);
  if (!value) note(from, cell);
  return value;
}

/// Per cent: `60 %`, `60` and `0.6` are the same; unset where a cell says no such thing.
std::optional<int> FileDecoder::part_of_full_time() {
  Slot& from = slot("share");
  const Cell cell = columns_.first(from.field, scratch_);
  if (cell.text.empty()) return std::nullopt;
  std::string_view number = trim(cell.text);
  const bool per_cent = number.ends_with('%');
  if (per_cent) number.remove_suffix(1);
  const auto value = parse_money(number, "USD");  // hundredths, with either decimal mark
  const std::int64_t hundredths = !value ? 0 : per_cent || value->minor > 100 ? value->minor : value->minor * 100;
  if (hundredths <= 0 || hundredths > 10000) {
    note(from, cell);
    return std::nullopt;
  }
  return static_cast<int>((hundredths + 50) / 100);
}

std::optional<Money> FileDecoder::unit_price(std::optional<std::int64_t> quantity) {
  if (!has("unit_price")) return std::nullopt;
  std::string currency = text("currency");
  if (currency.empty()) currency = rules_.money.currency;
  for (char& c : currency)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  Slot& from = slot("unit_price");
  const Cell cell = columns_.first(from.field, scratch_);
  if (cell.text.empty() || (!from.words.empty() && from.words.find(cell.text) != nullptr)) return std::nullopt;
  auto price = parse_money(cell.text, currency);
  if (!price || price->minor < 0) {
    note(from, cell);
    return std::nullopt;
  }
  std::int64_t parts = rules_.money.months;
  if (rules_.money.of_line) {
    if (!quantity || *quantity == 0) return std::nullopt;
    parts *= *quantity;
  }
  price->minor = (price->minor + parts / 2) / parts;
  return price;
}

Decoded FileDecoder::decode_entitlement() {
  EntitlementRow row;
  row.product = text("product");
  if (row.product.empty()) return Skipped{"no product", std::nullopt};
  row.quantity = count("quantity");
  row.assigned = count("assigned");
  const auto available = count("available");
  if (available && row.quantity && !row.assigned && *available <= *row.quantity)
    row.assigned = *row.quantity - *available;
  if (available && row.assigned && !row.quantity) row.quantity = *row.assigned + *available;
  row.unit_price = unit_price(row.quantity);
  for (const auto& [name, day] : {std::pair<FieldName, std::optional<Day>*>{FieldName("term_start"), &row.term_start},
                                  {FieldName("term_end"), &row.term_end}}) {
    if (!has(name)) continue;
    const auto value = date(slot(name));
    if (value.state == DateState::bad) return bad_date(slot(name), value);
    if (value.state == DateState::on) *day = value.day;
  }
  if (const auto days = count("notice_days"); days && *days < 36525) row.notice_days = static_cast<int>(*days);
  row.floor = count("floor");
  Cell cell;
  if (has("reducible"))
    if (const auto* found = word(slot("reducible"), cell); found != nullptr && *found != "none") row.reducible = *found;
  return row;
}

Decoded FileDecoder::decode_person() {
  PersonRow row;
  Identity who;
  identity(who);
  row.email = who.email;
  row.hr_id = who.hr_id.empty() ? who.id : who.hr_id;
  row.login = who.login;
  row.name = text("name");
  if (row.email.empty() && row.hr_id.empty() && row.login.empty()) return Skipped{"no person", std::nullopt};
  for (const auto& [name, day] : {std::pair<FieldName, std::optional<Day>*>{FieldName("last_day"), &row.last_day},
                                  {FieldName("from"), &row.from},
                                  {FieldName("to"), &row.to}}) {
    if (!has(name)) continue;
    const auto value = date(slot(name));
    if (value.state == DateState::bad) return bad_date(slot(name), value);
    if (value.state == DateState::on) *day = value.day;
  }
  if (profile_.kind == RecordKind::leave && has("share")) {
    row.share = part_of_full_time();
    if (!row.share) return Skipped{"no part of full time", std::nullopt};
    if (*row.share < 1 || *row.share > 99) return Skipped{"full time", std::nullopt};
  } else if (profile_.kind == RecordKind::leave && !row.from) {
    return Skipped{"no leave", std::nullopt};
  }
  return row;
}

Decoded FileDecoder::decode_lookup() {
  LookupRow row;
  key("key", row.key);
  row.name = text("name");
  row.product = text("product");
  if (row.key.empty()) return Skipped{"no key", std::nullopt};
  return row;
}

}  // namespace seatlint::profile
