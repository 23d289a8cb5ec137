// SPDX-License-Identifier: Apache-2.0
// Header words of many exports, tried in order; values of status columns become a vocabulary to check.
#include "commands/profile_draft.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "commands/toml_text.hpp"

namespace seatlint {
namespace {

constexpr std::size_t sampled_records = 1000, shown_values = 12;

/// A field of a profile and the words of headers that mean it, the surest first. `*` matches anything.
struct FieldWords {
  std::string_view field;
  std::vector<std::string_view> words;
};

const std::vector<FieldWords>& user_fields() {
  static const std::vector<FieldWords> fields{
      {"id", {"user id", "userid", "object id", "account id", "id", "guid", "*user id*"}},
      {"login", {"username", "user name", "login", "login name", "user principal name", "upn", "*login name*"}},
      {"email", {"email", "e-mail", "email address", "e-mail address", "mail", "*email*", "*e-mail*"}},
      {"last_activity", {"last login*", "last sign*", "last active*", "last activity*", "last seen*", "*last log*"}},
      {"products",
       {"license*", "licence*", "plan", "product*", "sku*", "subscription*", "seat*", "*license*", "*plan*"}},
      {"status", {"status", "active", "enabled", "state", "is active", "disabled", "*status*"}},
      {"created", {"created*", "creation*", "date added", "*created*"}},
      {"department", {"department", "dept", "team", "*department*"}},
      {"manager", {"manager", "manager*", "supervisor"}},
      {"title", {"job title", "title", "position", "role", "*title*"}},
      {"name", {"full name", "display name", "name", "*full name*", "*display name*", "user"}}};
  return fields;
}

const std::vector<FieldWords>& activity_fields() {
  static const std::vector<FieldWords> fields{
      {"time", {"timestamp", "time", "date", "date time", "event time", "*timestamp*", "*time*", "*date*"}},
      {"user", {"user", "username", "user name", "login", "actor", "email", "e-mail", "user email", "*user*"}},
      {"object", {"object", "object type", "entity", "table", "module", "record type", "*entity*", "*object*"}},
      {"verb", {"action", "operation", "event", "event type", "activity", "verb", "*action*", "*operation*"}},
      {"outcome", {"result", "outcome", "status", "success", "*result*"}},
      {"client", {"client", "client app", "application", "*client*"}}};
  return fields;
}

const std::vector<FieldWords>& entitlement_fields() {
  static const std::vector<FieldWords> fields{
      {"product",
       {"product", "product name", "product title", "license", "plan", "sku", "name", "*product*", "*license*"}},
      {"quantity", {"quantity", "seats", "purchased", "total licenses", "total", "qty", "*quantity*", "*seats*"}},
      {"unit_price", {"unit price", "price", "cost", "*price*", "*cost*"}},
      {"currency", {"currency", "*currency*"}},
      {"term_start", {"start date", "term start", "start", "*start*"}},
      {"term_end", {"end date", "term end", "expiration date", "renewal date", "end", "*expir*", "*renew*", "*end*"}}};
  return fields;
}

struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

class Draft {
 public:
  explicit Draft(const Table& table) : table_(table) {
    for (const std::string& name : table.header) words_.push_back(normalize_name(name));
    used_.assign(words_.size(), false);
    const bool logs = has(activity_fields()[0]) && has(activity_fields()[1]) &&
                      (has(activity_fields()[2]) || has(activity_fields()[3]));
    const bool buys = has(entitlement_fields()[1]) && has(entitlement_fields()[0]) && !has(user_fields()[2]);
    kind_ = buys ? "entitlements" : logs ? "activity" : "users";
    const auto& fields = buys ? entitlement_fields() : logs ? activity_fields() : user_fields();
    for (const FieldWords& field : fields)
      if (const int at = column_of(field); at >= 0) {
        used_[static_cast<std::size_t>(at)] = true;
        bound_.emplace_back(field.field, static_cast<std::size_t>(at));
      }
    if (kind_ == "users") find_identity();
  }

  std::string toml() const {
    std::string text = "[profile]\n";
    text += fmt::format("name    = {}\n", toml_text("my-" + std::string(kind_)));
    text += fmt::format(
        "kind    = \"{}\"           # users | assignments | activity | entitlements | departures | leave\n", kind_);
    text += "vendor  = \"my-crm\"          # one word; catalogs and policies name products as vendor.product\n";
    text += "get     = \"where a person clicks to export this file\"\n";
    text += "require = [" + required() + "]\n\n[columns]\n";
    for (const auto& [field, at] : bound_)
      text += fmt::format("{:<13} = {}{}\n", field, toml_text(table_.header[at]), examples(at));
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i]) text += fmt::format("# not used:     {}{}\n", toml_text(printable(table_.header[i])), examples(i));
    return text + vocabulary() + dates();
  }

 private:
  bool has(const FieldWords& field) const { return column_of(field) >= 0; }

  int column_of(const FieldWords& field) const {
    for (const std::string_view word : field.words)
      for (std::size_t i = 0; i < words_.size(); ++i)
        if (!words_[i].empty() && (used_.empty() || !used_[i]) && glob_match(word, words_[i]))
          return static_cast<int>(i);
    return -1;
  }

  /// A profile of users needs one key: addresses, else a column in which no value stands twice.
  void find_identity() {
    const auto is_key = [](const auto& bound) {
      return bound.first == "id" || bound.first == "login" || bound.first == "email";
    };
    if (std::any_of(bound_.begin(), bound_.end(), is_key)) return;
    for (const bool addresses : {true, false})
      for (std::size_t i = 0; i < used_.size(); ++i) {
        const std::set<std::string> found = values(i);
        const bool fits =
            addresses ? std::all_of(found.begin(), found.end(),
                                    [](const std::string& value) { return value.find('@') != std::string::npos; })
                      : found.size() == table_.rows.size();
        if (used_[i] || found.empty() || !fits) continue;
        used_[i] = true;
        bound_.insert(bound_.begin(), {addresses ? "email" : "login", i});
        return;
      }
  }

  std::string required() const {
    std::string text;
    for (std::size_t i = 0; i < bound_.size() && i < 3; ++i)
      text += (i == 0 ? "" : ", ") + toml_text(table_.header[bound_[i].second]);
    return text;
  }

  std::set<std::string> values(std::size_t column) const {
    std::set<std::string> found;
    for (const auto& row : table_.rows)
      if (column < row.size()) found.insert(std::string(trim(row[column])));
    return found;
  }

  std::string examples(std::size_t column) const {
    std::string text;
    std::size_t shown = 0;
    for (const std::string& value : values(column)) {
      if (value.empty() || shown == 2) continue;
      text += (shown++ == 0 ? "   # such as " : ", ") + shorten(printable(value));
    }
    return text;
  }

  static std::string shorten(std::string text) {
    std::size_t end = 30;
    if (text.size() <= end) return text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
    return text.substr(0, end) + "...";
  }

  std::string vocabulary() const {
    std::string text;
    for (const auto& [field, at] : bound_) {
      if (field == "status") text += status_words(at);
      if (field == "outcome") text += "outcome = { success = [\"Success*\", \"ok\", \"0\"], failure = [\"*\"] }\n";
      if (field == "last_activity") text += "last_activity = { never = [\"Never\"], unknown = [\"\"] }\n";
      if (field == "products" && kind_ == "users") text += "products = { none = [\"\"] }\n";
    }
    return text.empty()
               ? text
               : "\n[values]                     # every value must be listed; what is not is reported\n" + text;
  }

  std::string status_words(std::size_t column) const {
    constexpr std::array<std::string_view, 6> disabled{"no", "false", "0", "inactive", "disabled", "blocked"};
    std::string on, off;
    std::size_t count = 0;
    for (const std::string& value : values(column)) {
      if (value.empty() || ++count > shown_values) continue;
      const bool is_off = std::find(disabled.begin(), disabled.end(), fold_case(value)) != disabled.end();
      std::string& list = is_off ? off : on;
      list += (list.empty() ? "" : ", ") + toml_text(value);
    }
    return fmt::format("status = {{ active = [{}], disabled = [{}] }}   # check each\n", on, off);
  }

  std::string dates() const {
    std::string text =
        "\n[dates]\norder    = \"auto\"            # auto | ymd | mdy | dmy\ntimezone = \"UTC\"             # of times "
        "without one\n";
    if (kind_ == "users")
      text +=
          "\n# [file]\n# snapshot_date = { column = \"Report date\" }   # or { name = \"users_{yyyy}-{MM}-{dd}*\" }; "
          "else --snapshot-date\n";
    return text;
  }

  const Table& table_;
  std::vector<std::string> words_;
  std::vector<bool> used_;
  std::string_view kind_;
  std::vector<std::pair<std::string_view, std::size_t>> bound_;
};

}  // namespace

std::optional<ProfileDraft> draft_profile(csv::Reader& reader) {
  // Neither a hundred thousand columns nor a book in a cell helps to tell what a column means.
  constexpr std::size_t looked_at_columns = 1000, looked_at_bytes = 200, most_bytes = 4u << 20;
  Table table;
  std::size_t columns = 0, bytes = 0;
  csv::Record record;
  while (table.rows.size() < sampled_records && bytes < most_bytes && reader.next(record)) {
    columns = std::max(columns, table.header.empty() ? record.fields.size() : 0);
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < record.fields.size() && i < looked_at_columns; ++i)
      bytes += sizeof(std::string) + fields.emplace_back(record.fields[i].substr(0, looked_at_bytes)).size();
    if (table.header.empty()) {
      table.header = std::move(fields);
    } else {
      table.rows.push_back(std::move(fields));
    }
  }
  if (table.header.size() < 2) return std::nullopt;
  return ProfileDraft{Draft(table).toml(), columns};
}

}  // namespace seatlint
