// SPDX-License-Identifier: Apache-2.0
// Names to column numbers, once per file; then cells to texts, once per record and without allocation where it can be.
#include "profile/columns.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "profile/pattern.hpp"

namespace seatlint::profile {

std::string header_name(std::string_view text) {
  constexpr std::string_view mojibake = "\xC3\xAF\xC2\xBB\xC2\xBF", bom = "\xEF\xBB\xBF";
  if (text.substr(0, bom.size()) == bom) text.remove_prefix(bom.size());
  if (text.substr(0, mojibake.size()) == mojibake) text.remove_prefix(mojibake.size());
  text = trim(text);
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (!text.empty() && text.back() == ':') text.remove_suffix(1);
  return normalize_name(text);
}

/// Whether the first letters alone tell that `text` does not compare as `name`: those of a table's rows mostly do.
static bool begins_otherwise(std::string_view text, std::string_view name) {
  const auto letter = [](char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    // What is beyond ASCII may join the letter before it.
    const bool alone = i + 1 == text.size() || static_cast<unsigned char>(text[i + 1]) < 0x80;
    if (!letter(text[i]) || !alone) return false;
    if (i == name.size() || lower(text[i]) != name[i]) return true;
  }
  return false;
}

Header::Header(std::vector<std::string> names) : names_(std::move(names)) {
  compared_.reserve(names_.size());
  for (const auto& name : names_) compared_.push_back(header_name(name));
}

std::optional<std::size_t> Header::find(std::string_view name, unsigned nth) const {
  const std::string wanted = header_name(name);
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (compared_[i] == wanted && --nth == 0) return i;
  return std::nullopt;
}

bool Header::is_called(std::size_t index, std::string_view text) const {
  return text == names_[index] || (!begins_otherwise(text, compared_[index]) && header_name(text) == compared_[index]);
}

Columns::Columns(const Header& header, const Profile::Rules& rules, std::string_view file_name)
    : header_(header), file_name_(file_name), nulls_(rules.nulls) {
  for (auto& text : nulls_) {
    text = fold_case(trim(text));
    if (text.size() <= longest_null) null_sizes_ |= std::uint64_t{1} << text.size();
  }
  for (const auto& name : rules.fill_down)
    if (const auto index = header.find(name)) fill_down_.push_back(*index);
  filled_.resize(fill_down_.size());
}

std::optional<BoundSource> Columns::bind_source(const std::string& name, const Source& source) {
  const auto here = [&](const std::string& column) { return header_.find(column).has_value(); };
  if (std::any_of(source.unless.begin(), source.unless.end(), here)) return std::nullopt;
  BoundSource out;
  out.pattern = source.pattern;
  out.as = source.as;
  out.bound = source.bound;
  const auto use = [&](std::string_view column, unsigned nth) {
    const auto index = header_.find(column, nth);
    if (index) used_.try_emplace(*index, name);
    return index;
  };
  if (source.constant || !source.file_name.empty()) {
    out.kind = BoundSource::Kind::constant;
    if (source.constant)
      out.constant = *source.constant;
    else if (const auto found = capture(source.file_name, file_name_))
      out.constant = *found;
    if (out.constant.empty()) return std::nullopt;
    return out;
  }
  if (!source.join.empty()) {
    out.kind = BoundSource::Kind::join;
    out.with = source.with;
    for (const auto& column : source.join)
      if (const auto index = use(column, 1)) out.joined.push_back(*index);
    if (out.joined.empty()) return std::nullopt;
    out.index = out.joined.front();
    return out;
  }
  const auto index = use(source.column, source.nth);
  if (!index) return std::nullopt;
  out.index = *index;
  out.plain = source.json.empty() && source.pattern.empty();
  if (source.json.empty()) return out;
  out.kind = BoundSource::Kind::json;
  auto column = std::find_if(json_.begin(), json_.end(), [&](const auto& json) { return json.index == *index; });
  if (column == json_.end()) column = json_.insert(json_.end(), {*index, {}, false});
  auto wish =
      std::find_if(column->wishes.begin(), column->wishes.end(), [&](const auto& w) { return w.path == source.json; });
  if (wish == column->wishes.end()) wish = column->wishes.insert(column->wishes.end(), {source.json, {}, false});
  // Column and wish in one number: a file has few of both.
  out.joined = {static_cast<std::size_t>(column - json_.begin()),
                static_cast<std::size_t>(wish - column->wishes.begin())};
  return out;
}

BoundField Columns::bind(const std::string& name, const Field& field) {
  BoundField out;
  out.name = name;
  out.all = field.all;
  out.yes = field.yes;
  for (const auto& source : field.sources)
    if (auto bound = bind_source(name, source)) out.sources.push_back(std::move(*bound));
  for (const auto& wide : field.wide) {
    Source source;
    source.column = wide.column;
    if (const auto bound = bind_source(name, source)) out.wide.push_back({bound->index, wide.means});
  }
  return out;
}

void Columns::load(const csv::Record& record) {
  record_ = &record;
  broken_json_ = 0;
  for (auto& json : json_) json.loaded = false;
  for (std::size_t i = 0; i < fill_down_.size(); ++i) {
    const auto index = fill_down_[i];
    const auto text = index < record.fields.size() ? clean_cell(record.fields[index]) : std::string_view();
    if (!text.empty()) filled_[i].assign(text);
  }
}

bool Columns::is_null(std::string_view text) const {
  const auto same = [&](const std::string& null) {
    return null.size() == text.size() && (null == text || null == fold_case(text));
  };
  return std::any_of(nulls_.begin(), nulls_.end(), same);
}

std::uint64_t Columns::carried() const {
  std::string all;
  for (std::size_t i = 0; i < fill_down_.size(); ++i) {
    const std::size_t index = fill_down_[i];
    const bool blank = index >= record_->fields.size() || clean_cell(record_->fields[index]).empty();
    if (blank && !filled_[i].empty())
      all.append(std::to_string(index)).append(1, '=').append(filled_[i]).append(1, '\n');
  }
  return all.empty() ? 0 : hash64(all);
}

std::string_view Columns::filled(std::size_t index) const {
  for (std::size_t i = 0; i < fill_down_.size(); ++i)
    if (fill_down_[i] == index) return filled_[i];
  return {};
}

Cell Columns::made_text(const BoundSource& source, std::string& scratch) {
  Cell out;
  out.source = &source;
  switch (source.kind) {
    case BoundSource::Kind::constant:
      out.text = source.constant;
      return out;
    case BoundSource::Kind::cell:
      out.text = cell(source.index);
      break;
    case BoundSource::Kind::join:
      scratch.clear();
      for (const auto index : source.joined) {
        const auto text = cell(index);
        if (text.empty()) continue;
        if (!scratch.empty()) scratch += source.with;
        scratch += text;
      }
      out.text = scratch;
      break;
    case BoundSource::Kind::json: {
      auto& json = json_[source.joined[0]];
      if (!json.loaded) {
        json.loaded = true;
        const auto text = cell(json.index);
        if (!read_json(text.empty() ? "{}" : text, json.wishes)) {
          broken_json_ = static_cast<std::uint32_t>(json.index) + 1;
          for (auto& wish : json.wishes) wish.value.clear();
        }
      }
      out.text = clean_cell(json.wishes[source.joined[1]].value);
      if (is_null(out.text)) out.text = {};
      break;
    }
  }
  out.column = static_cast<std::uint32_t>(source.index) + 1;
  if (!source.pattern.empty() && !out.text.empty()) {
    const auto found = capture(source.pattern, out.text);
    out.text = found ? clean_cell(*found) : std::string_view();
  }
  return out;
}

BoundPredicate bind(Columns& columns, const Predicate& predicate, const std::string& user) {
  BoundPredicate out;
  out.all = predicate.all;
  for (const auto& test : predicate.tests) out.tests.push_back({columns.bind(user, test.field), test});
  return out;
}

bool applies(const BoundPredicate& predicate) {
  const auto bound = [](const BoundTest& test) { return test.field.bound(); };
  return predicate.all ? std::all_of(predicate.tests.begin(), predicate.tests.end(), bound)
                       : std::any_of(predicate.tests.begin(), predicate.tests.end(), bound);
}

bool holds(Columns& columns, const BoundPredicate& predicate) {
  std::string scratch;
  const auto one = [&](const BoundTest& bound) {
    if (!bound.field.bound()) return false;
    const auto text = columns.first(bound.field, scratch).text;
    const Test& test = bound.test;
    if (test.empty && *test.empty != text.empty()) return false;
    if (!test.is.empty() && !fits_any(test.is, text, test.exact_case)) return false;
    return test.is_not.empty() || !fits_any(test.is_not, text, test.exact_case);
  };
  return predicate.all ? std::all_of(predicate.tests.begin(), predicate.tests.end(), one)
                       : std::any_of(predicate.tests.begin(), predicate.tests.end(), one);
}

}  // namespace seatlint::profile
