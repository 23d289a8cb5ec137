// SPDX-License-Identifier: Apache-2.0
// See draft_columns.hpp. Shares are of different values, so that one value repeated a thousand times decides nothing.
#include "commands/draft_columns.hpp"

#include <algorithm>

#include "profile/dates.hpp"
#include "profile/values.hpp"
#include "seatlint/base.hpp"

namespace seatlint {
namespace {

constexpr double most_of = 0.6;

bool is_serial(const std::string& value) {
  return value.size() >= 5 && value.substr(0, value.find('.')).size() == 5 &&
         value.find_first_not_of("0123456789.") == std::string::npos && value[0] >= '3' && value[0] <= '6';
}

bool is_date(const std::string& value) {
  const bool serial = is_serial(value);
  for (const auto order : {profile::DayOrder::mdy, profile::DayOrder::dmy})
    if (profile::parse_stamp(value, {order, serial})) return true;
  return false;
}

/// The share of the values that are not blank.
template <class Test>
double share(const std::set<std::string>& values, const Test& test) {
  double all = 0, fit = 0;
  for (const std::string& value : values) {
    if (value.empty() || value == "-") continue;
    ++all;
    fit += test(value) ? 1 : 0;
  }
  return all == 0 ? 0 : fit / all;
}

bool any_of_words(const std::string& text, std::initializer_list<std::string_view> globs) {
  return std::any_of(globs.begin(), globs.end(), [&](std::string_view glob) { return glob_match(glob, text); });
}

bool is_yes(std::string_view value) {
  const auto& status = profile::default_vocabulary("status");
  profile::Lexicon lexicon(status);
  const auto* word = lexicon.find(value);
  return word != nullptr && *word == "active";
}

}  // namespace

void DraftTable::add(std::vector<std::string> fields) {
  if (header_.empty()) {
    header_ = std::move(fields);
    values_.resize(header_.size());
    return;
  }
  ++rows_;
  for (std::size_t i = 0; i < header_.size(); ++i)
    values_[i].emplace(i < fields.size() ? trim(fields[i]) : std::string_view());
}

bool DraftTable::fits(std::size_t column, DraftValues wanted) const {
  const auto& values = values_[column];
  if (wanted == DraftValues::any || rows_ == 0) return true;
  if (wanted == DraftValues::numbers)
    return share(values, [](const std::string& value) {
             return profile::parse_count(value).has_value() || glob_match("unlimited", value);
           }) >= most_of;
  const bool blank = values.size() == 1 && values.begin()->empty();
  const double dates = share(values, is_date);
  // A few words such as "Never" among few dates.
  return blank || dates >= most_of || (dates > 0 && values.size() <= 5);
}

std::optional<std::size_t> DraftTable::address_column() const {
  for (std::size_t i = 0; i < values_.size(); ++i)
    if (share(values_[i], [](const std::string& value) {
          const auto at = value.find('@');
          return at != std::string::npos && at > 0 && value.find('.', at) != std::string::npos &&
                 value.find(' ') == std::string::npos;
        }) >= most_of)
      return i;
  return std::nullopt;
}

bool DraftTable::has_times(std::size_t column) const {
  return share(values_[column], [](const std::string& value) {
           return value.find(':') != std::string::npos && is_date(value);
         }) >= most_of;
}

bool DraftTable::has_serials(std::size_t column) const {
  return share(values_[column], is_serial) >= most_of && fits(column, DraftValues::dates);
}

bool DraftTable::is_yes_no(std::size_t column) const {
  const auto& values = values_[column];
  return values.size() <= 3 &&
         share(values, [](const std::string& value) { return is_yes(value) || is_no(value); }) == 1;
}

std::vector<std::string> DraftTable::yes_words() const {
  std::set<std::string> words;
  for (std::size_t i = 0; i < values_.size(); ++i)
    if (is_yes_no(i))
      for (const std::string& value : values_[i])
        if (is_yes(value)) words.insert(value);
  return {words.begin(), words.end()};
}

std::vector<std::string> DraftTable::no_dates(std::size_t column) const {
  std::vector<std::string> out;
  for (const std::string& value : values_[column])
    if (!is_date(value)) out.push_back(value);
  if (out.empty()) out.emplace_back();
  return out;
}

DraftSplit DraftTable::split(std::size_t column) const {
  const auto& values = values_[column];
  if (share(values, [](const std::string& value) { return value.front() == '[' && value.back() == ']'; }) >= most_of)
    return {'\0', true};
  // A comma may belong to a name: it separates where what it cuts off stands alone elsewhere.
  for (const char separator : {';', '|', '+', ','}) {
    for (const std::string& value : values) {
      const auto at = value.find(separator);
      if (at == std::string::npos || at == 0 || at + 1 == value.size()) continue;
      const std::string first(trim(std::string_view(value).substr(0, at))),
          rest(trim(std::string_view(value).substr(at + 1)));
      if (separator == ';' || separator == '|' || values.count(first) != 0 || values.count(rest) != 0)
        return {separator, false};
    }
  }
  return {};
}

bool is_no(std::string_view value) {
  profile::Lexicon lexicon(profile::default_vocabulary("status"));
  const auto* word = lexicon.find(value);
  return word != nullptr && *word == "disabled";
}

bool says_off(std::string_view folded) {
  return any_of_words(std::string(folded), {"*inactive*", "*disabled*", "*blocked*", "*locked*", "*suspended*",
                                            "*deactivated*", "*gesperrt*", "*inaktiv*", "*bloqu*", "*désactivé*"});
}

bool says_gone(std::string_view value) {
  return any_of_words(fold_case(value),
                      {"deleted", "removed", "left*", "terminated", "gelöscht", "supprimé", "eliminado"});
}

bool says_success(std::string_view value) {
  return any_of_words(fold_case(value), {"success*", "succeed*", "ok", "passed", "allowed", "granted", "erfolg*",
                                         "réussi*", "éxito*", "true", "yes", "200"});
}

}  // namespace seatlint
