// SPDX-License-Identifier: Apache-2.0
// Identity keys, lists and counts inside one cell.
#include <algorithm>

#include "profile/json_cell.hpp"
#include "profile/values.hpp"

namespace seatlint::profile {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

constexpr std::string_view kCheck = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

bool is_guid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

std::string guid(std::string_view text) {
  if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
  if (!is_guid(text)) return fold_case(text);
  if (std::all_of(text.begin(), text.end(), [](char c) { return c == '0' || c == '-'; })) return {};
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

std::string upn(std::string_view text) {
  std::string out = fold_case(text);
  const auto mark = out.find("#ext#@");
  if (mark == std::string::npos) return out;
  const auto bar = out.rfind('_', mark);
  if (bar == std::string::npos || bar == 0) return out;
  return out.substr(0, bar) + "@" + out.substr(bar + 1, mark - bar - 1);
}

std::string untagged(std::string_view text) {
  std::string out = fold_case(text);
  const auto plus = out.find('+'), at = out.rfind('@');
  if (plus != std::string::npos && at != std::string::npos && plus > 0 && plus < at) out.erase(plus, at - plus);
  return out;
}

bool starts_fold(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (to_lower(text[i]) != to_lower(prefix[i])) return false;
  return true;
}

bool splits_here(std::string_view text, std::size_t at, const Split& split) {
  if (std::find(split.separators.begin(), split.separators.end(), text[at]) == split.separators.end()) return false;
  if (split.tight && ((at > 0 && is_blank(text[at - 1])) || (at + 1 < text.size() && is_blank(text[at + 1]))))
    return false;
  if (split.before.empty()) return true;
  const auto rest = text.substr(at + 1);
  return std::any_of(split.before.begin(), split.before.end(),
                     [&](const auto& prefix) { return starts_fold(rest, prefix); });
}

void add_item(std::string_view item, const Split& split, std::vector<std::string>& out) {
  item = trim(item);
  if (!split.after.empty())
    if (const auto at = item.find(split.after); at != std::string_view::npos)
      item = trim(item.substr(at + split.after.size()));
  if (!split.take.empty()) {
    const auto prefix =
        std::find_if(split.take.begin(), split.take.end(), [&](const auto& p) { return starts_fold(item, p); });
    if (prefix == split.take.end()) return;
    item = trim(item.substr(prefix->size()));
  }
  if (!item.empty()) out.emplace_back(item);
}

/// "25 seats" is 25. Other units are no counts: "3 months" is not 3 of anything counted here.
std::string_view without_unit(std::string_view text) {
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos) return text;
  std::string unit = fold_case(text.substr(blank + 1));
  if (!unit.empty() && unit.back() == 's') unit.pop_back();
  for (const std::string_view known : {"seat", "user", "license", "licence", "unit", "day"})
    if (unit == known) return trim(text.substr(0, blank));
  return text;
}

}  // namespace

std::string salesforce_id(std::string_view text) {
  if ((text.size() != 15 && text.size() != 18) || !std::all_of(text.begin(), text.end(), is_alnum))
    return std::string(text);
  std::string out(text.substr(0, 15));
  if (std::all_of(out.begin(), out.end(), [](char c) { return c == '0'; })) return {};
  const bool one_case = std::none_of(out.begin(), out.end(), is_upper) ||
                        std::none_of(out.begin(), out.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (text.size() == 18 && one_case) {
    // The suffix knows which letters are upper case, so a lower- or upper-casing is undone. Mixed case speaks for
    // itself.
    for (std::size_t block = 0; block < 3; ++block) {
      const auto bits = kCheck.find(to_upper(text[15 + block]));
      if (bits == std::string_view::npos) return std::string(text);
      for (std::size_t i = 0; i < 5; ++i) {
        char& c = out[block * 5 + i];
        c = (bits >> i & 1u) != 0 ? to_upper(c) : to_lower(c);
      }
    }
  }
  for (std::size_t block = 0; block < 3; ++block) {
    std::size_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i)
      if (is_upper(out[block * 5 + i])) bits |= std::size_t{1} << i;
    out += kCheck[bits];
  }
  return out;
}

bool is_concealed(std::string_view text) { return text.size() == 32 && std::all_of(text.begin(), text.end(), is_hex); }

std::string normalize_key(std::string_view text, std::optional<KeyForm> form) {
  std::string key;
  normalize_key(text, form, key);
  return key;
}

void normalize_key(std::string_view text, std::optional<KeyForm> form, std::string& into) {
  text = trim(text);
  if (text.empty() || (!form && !is_guid(text))) {
    into.assign(text);
    return;
  }
  switch (form.value_or(KeyForm::guid)) {
    case KeyForm::text:
      fold_case(text, into);
      break;
    case KeyForm::guid:
      into = guid(text);
      break;
    case KeyForm::salesforce_id:
      into = salesforce_id(text);
      break;
    case KeyForm::untagged:
      into = untagged(text);
      break;
    case KeyForm::upn:
      into = upn(text);
      break;
  }
}

std::optional<std::vector<std::string>> split_cell(std::string_view text, const Split* split) {
  std::vector<std::string> out;
  text = trim(text);
  if (text.empty()) return out;
  if (split == nullptr) {
    out.emplace_back(text);
    return out;
  }
  if (split->json && text.front() == '[') {
    const auto items = read_json_list(text);
    if (!items) return std::nullopt;
    for (const auto& item : *items) add_item(item, *split, out);
    return out;
  }
  if (split->json && split->separators.empty()) return std::nullopt;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!splits_here(text, i, *split)) continue;
    add_item(text.substr(start, i - start), *split, out);
    start = i + 1;
  }
  add_item(text.substr(start), *split, out);
  return out;
}

std::optional<std::int64_t> parse_count(std::string_view text) {
  text = without_unit(trim(text));
  if (text.empty() || text.size() > 24) return std::nullopt;
  std::int64_t value = 0;
  std::size_t since = 0, groups = 0, i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      ++since;
      if (value > 1'000'000'000'000) return std::nullopt;
      continue;
    }
    const bool last_part = text.size() - i != 4 && text.size() - i != 8;
    if (last_part || since == 0 || since > 3 || (groups > 0 && since != 3)) break;
    if (c != ',' && c != '.' && c != ' ' && c != '\'') return std::nullopt;
    ++groups;
    since = 0;
  }
  if (since == 0 || (groups > 0 && since != 3)) return std::nullopt;
  if (i == text.size()) return value;
  // What is left may only be decimals that are zero.
  if (text[i] != '.' && text[i] != ',') return std::nullopt;
  const auto rest = text.substr(i + 1);
  const bool zeros = !rest.empty() && std::all_of(rest.begin(), rest.end(), [](char c) { return c == '0'; });
  return zeros ? std::optional(value) : std::nullopt;
}

std::string_view clean_odd_cell(std::string_view text) {
  text = trim(text);
  if (!text.empty() && text.front() == '\'') {
    if (text.size() == 1) return {};
    if (std::string_view("=+-@").find(text[1]) != std::string_view::npos) text.remove_prefix(1);
  }
  return text;
}

}  // namespace seatlint::profile
