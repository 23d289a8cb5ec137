// SPDX-License-Identifier: Apache-2.0
// Header words propose, values decide: a date column holds dates, a person column addresses, a status column few words.
#include "commands/profile_draft.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "commands/draft_columns.hpp"
#include "commands/draft_fields.hpp"
#include "commands/toml_text.hpp"

namespace seatlint {
namespace {

constexpr std::size_t sampled_records = 1000, shown_values = 12;

using Bound = std::vector<std::pair<std::string_view, std::size_t>>;

bool holds(const Bound& bound, std::string_view field) {
  return std::any_of(bound.begin(), bound.end(), [&](const auto& one) { return one.first == field; });
}

class Draft {
 public:
  explicit Draft(const DraftTable& table) : table_(table) {
    for (const std::string& name : table.header()) words_.push_back(normalize_name(name));
    kind_ = guess_kind();
    bound_ = bind(kind_);
    used_.assign(words_.size(), false);
    for (const auto& [field, at] : bound_) used_[at] = true;
    if (kind_ != "entitlements") find_person();
    if (kind_ == "users" && !holds(bound_, "products")) find_yes_no_columns();
  }

  std::string toml() const {
    std::string text = "[profile]\n";
    text += fmt::format("name    = {}\n", toml_text("my-" + std::string(kind_)));
    text += fmt::format(
        "kind    = \"{}\"           # users | assignments | activity | entitlements | departures | leave\n", kind_);
    text += "vendor  = \"my-crm\"          # one word; catalogs and policies name products as vendor.product\n";
    text += "get     = \"where a person clicks to export this file\"\n";
    text += "require = [" + required() + "]\n" + file() + "\n[columns]\n";
    for (const auto& [field, at] : bound_)
      text += fmt::format("{:<13} = {}{}\n", field, toml_text(table_.header()[at]), examples(at));
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i])
        text += fmt::format("# not used:     {}{}\n", toml_text(printable(table_.header()[i])), examples(i));
    return text + yes_no_columns() + vocabulary() + split() + dates();
  }

 private:
  /// The fields of `kind` with the columns they would take.
  Bound bind(std::string_view kind) const {
    Bound bound;
    std::vector<bool> taken(words_.size(), false);
    for (const DraftField& field : draft_fields(kind)) {
      const int at = column_of(field, taken);
      if (at < 0) continue;
      taken[static_cast<std::size_t>(at)] = true;
      bound.emplace_back(field.field, static_cast<std::size_t>(at));
    }
    return bound;
  }

  int column_of(const DraftField& field, const std::vector<bool>& taken) const {
    for (const std::string_view word : field.words)
      for (std::size_t i = 0; i < words_.size(); ++i)
        if (!words_[i].empty() && !taken[i] && glob_match(word, words_[i]) && table_.fits(i, field.values))
          return static_cast<int>(i);
    return -1;
  }

  std::string_view guess_kind() const {
    const Bound bought = bind("entitlements"), left = bind("departures"), away = bind("leave"),
                logged = bind("activity"), users = bind("users");
    const bool person =
        table_.address_column() || holds(users, "login") || holds(users, "email") || holds(users, "hr_id");
    if (holds(bought, "product") && holds(bought, "quantity") && !table_.address_column()) return "entitlements";
    const bool seats = holds(users, "products") || holds(users, "last_activity");
    if (person && !seats && holds(away, "from") && holds(away, "to")) return "leave";
    if (person && !seats && holds(left, "last_day")) return "departures";
    if (!holds(logged, "time") || !holds(logged, "user") || holds(users, "last_activity")) return "users";
    const auto at = [&](std::string_view field) {
      return std::find_if(logged.begin(), logged.end(), [&](const auto& one) { return one.first == field; })->second;
    };
    // A log names people again and again, or the time of the day.
    const bool repeats = table_.distinct(at("user")) < table_.rows();
    return (holds(logged, "object") || holds(logged, "verb") || holds(logged, "outcome")) &&
                   (repeats || table_.has_times(at("time")))
               ? "activity"
               : "users";
  }

  /// Every row needs somebody: addresses, else a column in which no value stands twice.
  void find_person() {
    for (const std::string_view key : {"id", "login", "email", "user", "hr_id"})
      if (holds(bound_, key)) return;
    auto column = table_.address_column();
    for (std::size_t i = 0; i < used_.size() && !column; ++i)
      if (!used_[i] && table_.distinct(i) == table_.rows() && !table_.fits(i, DraftValues::dates)) column = i;
    if (!column) return;
    const auto taken =
        std::find_if(bound_.begin(), bound_.end(), [&](const auto& one) { return one.second == *column; });
    if (taken != bound_.end()) bound_.erase(taken);
    used_[*column] = true;
    const bool address = table_.address_column() == column;
    bound_.insert(bound_.begin(), {kind_ == "activity" ? "user" : address ? "email" : "login", *column});
  }

  /// Two or more columns of nothing but yes and no are products, one each.
  void find_yes_no_columns() {
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i] && table_.is_yes_no(i)) yes_no_.push_back(i);
    if (yes_no_.size() < 2) yes_no_.clear();
    for (const std::size_t at : yes_no_) used_[at] = true;
  }

  std::string required() const {
    std::string text;
    for (std::size_t i = 0; i < bound_.size() && i < 3; ++i)
      text += (i == 0 ? "" : ", ") + toml_text(table_.header()[bound_[i].second]);
    return text;
  }

  std::string file() const {
    if (kind_ != "users") return {};
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (!used_[i] && table_.distinct(i) == 1 && table_.fits(i, DraftValues::dates))
        return fmt::format(
            "\n[file]\nsnapshot_date = {{ column = {} }}   # the day it was exported, the same in all rows\n",
            toml_text(table_.header()[i]));
    return "\n# [file]\n# snapshot_date = { column = \"Report date\" }   # or { name = \"users_{yyyy}-{MM}-{dd}*\" }; "
           "else --snapshot-date\n";
  }

  std::string examples(std::size_t column) const {
    std::string text;
    std::size_t shown = 0;
    for (const std::string& value : table_.values(column)) {
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

  std::string yes_no_columns() const {
    if (yes_no_.empty()) return {};
    std::string text;
    for (const std::size_t at : yes_no_)
      text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", toml_text(table_.header()[at]),
                          toml_text(table_.header()[at]));
    return fmt::format(
        "\n[columns.products]           # one column for each product\nyes     = [{}]\ncolumns = {{ {} }}\n",
        list(table_.yes_words()), text);
  }

  static std::string list(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + toml_text(word);
    return text;
  }

  std::string vocabulary() const {
    std::string text;
    for (const auto& [field, at] : bound_) {
      if (field == "status") text += status_words(at);
      if (field == "outcome") text += outcome_words(at);
      if (field == "last_activity") text += last_activity_words(at);
      if (field == "last_day" || field == "to")
        text += fmt::format("{} = {{ none = [{}] }}\n", field, list(table_.no_dates(at)));
      if (field == "products" && kind_ == "users") text += "products = { none = [\"\"] }\n";
    }
    return text.empty()
               ? text
               : "\n[values]                     # every value must be listed; what is not is reported\n" + text;
  }

  std::string status_words(std::size_t column) const {
    std::vector<std::string> on, off, gone, blank;
    const bool inverted = says_off(words_[column]);
    for (const std::string& value : table_.values(column)) {
      if (on.size() + off.size() + gone.size() > shown_values) break;
      if (value.empty())
        blank.push_back(value);
      else if (says_gone(value))
        gone.push_back(value);
      else
        (is_no(value) != inverted || says_off(fold_case(value)) ? off : on).push_back(value);
    }
    std::string text = fmt::format("status = {{ active = [{}], disabled = [{}]", list(on), list(off));
    if (!gone.empty()) text += fmt::format(", deleted = [{}]", list(gone));
    if (!blank.empty()) text += ", unknown = [\"\"]";
    return text + " }   # check each\n";
  }

  std::string outcome_words(std::size_t column) const {
    std::vector<std::string> good;
    for (const std::string& value : table_.values(column))
      if (says_success(value)) good.push_back(value);
    if (good.empty()) good = {"Success*", "ok", "0"};
    return fmt::format("outcome = {{ success = [{}], failure = [\"*\"] }}   # check: nothing else counts as use\n",
                       list(good));
  }

  std::string last_activity_words(std::size_t column) const {
    std::vector<std::string> never;
    for (std::string& value : table_.no_dates(column))
      if (!value.empty() && value != "-" && never.size() < shown_values) never.push_back(std::move(value));
    if (never.empty()) never.emplace_back("Never");
    return fmt::format("last_activity = {{ never = [{}], unknown = [\"\", \"-\"] }}   # check what blank means\n",
                       list(never));
  }

  std::string split() const {
    std::string text;
    for (const auto& [field, at] : bound_) {
      if (field != "products" && field != "roles") continue;
      const DraftSplit found = table_.split(at);
      if (found.json) text += fmt::format("{} = {{ json = true }}\n", field);
      if (found.separator != '\0')
        text += fmt::format("{} = {{ separator = {}{} }}   # several in one cell\n", field,
                            toml_text(std::string(1, found.separator)), found.separator == '+' ? ", tight = true" : "");
    }
    return text.empty() ? text : "\n[split]\n" + text;
  }

  std::string dates() const {
    std::string text =
        "\n[dates]\norder    = \"auto\"            # auto | ymd | mdy | dmy\ntimezone = \"UTC\"             # of times "
        "without one\n";
    if (std::any_of(bound_.begin(), bound_.end(), [&](const auto& one) { return table_.has_serials(one.second); }))
      text += "excel    = true              # bare numbers are days of a spreadsheet\n";
    return text;
  }

  const DraftTable& table_;
  std::vector<std::string> words_;
  std::vector<bool> used_;
  std::vector<std::size_t> yes_no_;
  std::string_view kind_;
  Bound bound_;
};

}  // namespace

std::optional<ProfileDraft> draft_profile(csv::Reader& reader) {
  // Neither a hundred thousand columns nor a book in a cell helps to tell what a column means.
  constexpr std::size_t looked_at_columns = 1000, looked_at_bytes = 200, most_bytes = 4u << 20;
  DraftTable table;
  std::size_t columns = 0, bytes = 0;
  csv::Record record;
  while (table.rows() < sampled_records && bytes < most_bytes && reader.next(record)) {
    columns = std::max(columns, table.header().empty() ? record.fields.size() : 0);
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < record.fields.size() && i < looked_at_columns; ++i)
      bytes += sizeof(std::string) + fields.emplace_back(record.fields[i].substr(0, looked_at_bytes)).size();
    table.add(std::move(fields));
  }
  if (table.header().size() < 2) return std::nullopt;
  return ProfileDraft{Draft(table).toml(), columns};
}

}  // namespace seatlint
