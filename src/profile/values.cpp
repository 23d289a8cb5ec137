// SPDX-License-Identifier: Apache-2.0
// Vocabularies: "anything else is reported, never guessed".
#include "profile/values.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/ascii.hpp"

namespace seatlint::profile {
namespace {

constexpr std::size_t kRemembered = 4096, kKeptApart = 50;

/// Case-sensitive `*` and `?`, by the usual two-pointer walk.
bool exact_glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] == text[t] && pattern[p] != '*'))) {
      ++p, ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

bool fits_any(const std::vector<std::string>& globs, std::string_view text, bool exact_case) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    if (glob.empty()) return text.empty();
    return exact_case ? exact_glob(glob, text) : glob_match(glob, text);
  });
}

Lexicon::Lexicon(Vocabulary vocabulary) : vocabulary_(std::move(vocabulary)) {
  for (const auto& word : vocabulary_.words) {
    globs_.push_back(word.globs);
    for (std::string& glob : globs_.back()) {
      if (!vocabulary_.exact_case) glob = fold_case(glob);
      if (glob.empty()) continue;
      if (glob.front() == '*' || glob.front() == '?') fronts_.set();
      fronts_.set(static_cast<unsigned char>(glob.front()));
    }
  }
}

bool Lexicon::may_fit(std::string_view text) const {
  if (text.empty()) return true;
  const char front = vocabulary_.exact_case ? text.front() : lower(text.front());
  // Beyond ASCII, folding may turn any letter into any other.
  return fronts_[static_cast<unsigned char>(front)] || !is_ascii(text);
}

int Lexicon::search(std::string_view text) const {
  const std::string subject = vocabulary_.exact_case ? std::string(text) : fold_case(text);
  const auto fits = [&](const std::string& glob) {
    if (glob.empty()) return subject.empty();
    return vocabulary_.exact_case ? exact_glob(glob, subject) : glob_match_folded(glob, subject);
  };
  for (std::size_t i = 0; i < globs_.size(); ++i)
    if (std::any_of(globs_[i].begin(), globs_[i].end(), fits)) return static_cast<int>(i);
  return -1;
}

const std::string* Lexicon::find(std::string_view text) {
  if (vocabulary_.words.empty() || !may_fit(text)) return nullptr;
  const auto known = seen_.find(text);
  int word = 0;
  if (known != seen_.end()) {
    word = known->second;
  } else {
    word = search(text);
    if (seen_.size() < kRemembered) seen_.emplace(text, word);
  }
  return word < 0 ? nullptr : &vocabulary_.words[static_cast<std::size_t>(word)].name;
}

const Vocabulary& default_vocabulary(std::string_view field) {
  static const std::vector<std::string> no_date = {"", "-", "n/a", "none", "0000-00-00", "0000-00-00 00:00:00"};
  static const std::vector<std::string> yes = {
      "yes",  "true",   "1",    "y",    "t",    "on",    "x",   "checked", "✓",         "✔",          "ja",
      "wahr", "oui",    "vrai", "sí",   "si",   "sì",    "sim", "vero",    "verdadero", "verdadeiro", "waar",
      "tak",  "prawda", "ano",  "evet", "igen", "kyllä", "да",  "так",     "はい",      "是"};
  static const std::vector<std::string> no = {"no",  "false", "0",    "n",      "f",      "off",  "unchecked",
                                              "✗",   "✘",     "nein", "falsch", "non",    "faux", "não",
                                              "nao", "falso", "nee",  "onwaar", "nie",    "ne",   "hayır",
                                              "nem", "ei",    "нет",  "ні",     "いいえ", "否"};
  static const auto with = [](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  static const std::vector<std::string> nothing = {"", "-", "n/a", "none", "[]"};
  static const std::map<std::string, Vocabulary, std::less<>> all = {
      {"status",
       {{{"unknown", {"", "-", "n/a", "unknown"}},
         {"active", with({"active", "enabled", "aktiv", "aktiviert", "actif", "active*user", "activo", "ativo",
                          "attivo", "actief", "aktywny"},
                         yes)},
         {"disabled",
          with({"inactive", "disabled", "suspended", "deactivated", "blocked", "inaktiv", "deaktiviert", "gesperrt",
                "inactif", "désactivé", "inactivo", "inativo", "inattivo", "inactief", "nieaktywny", "archived"},
               no)},
         {"frozen", {"frozen"}},
         {"deleted", {"deleted", "removed", "soft deleted", "soft-deleted"}}},
        false}},
      {"class",
       {{{"unknown", {""}},
         {"human", {"human", "user", "person", "member", "regular", "regular user", "employee", "standard"}},
         {"integration",
          {"integration", "service", "service account", "api", "bot", "application", "system", "non-interactive"}},
         {"admin", {"admin", "administrator"}},
         {"shared",
          {"shared", "shared mailbox", "mailbox", "room", "resource", "group", "device", "kiosk", "equipment"}},
         {"external", {"external", "guest", "portal", "partner", "contractor"}}},
        false}},
      {"last_activity",
       {{{"never",
          {"never",       "never logged in", "never logged on", "never signed in", "never active", "not yet logged in",
           "nie",         "nie angemeldet",  "noch nie",        "nunca",           "jamais",       "jamais connecté",
           "mai",         "nooit",           "aldrig",          "nigdy",           "(never)",      "no logins",
           "1970-01-01*", "0000-00-00*",     "0001-01-01*",     "1601-01-01*",     "1/1/1601*"}},
         {"unknown", {"", "-", "n/a", "unknown", "none", "null"}},
         {"not_within",
          {"not in the last {} days", "not within {} days", "more than {} days ago", "over {} days ago", "{}+ days ago",
           "no en los últimos {} días", "nicht in den letzten {} Tagen", "pas au cours des {} derniers jours",
           "não nos últimos {} dias", "non negli ultimi {} giorni"}}},
        false}},
      {"products", {{{"none", {"", "-", "n/a", "none", "[]", "unlicensed", "no license", "no licence"}}}, false}},
      {"outcome",
       {{{"success", {"success*", "succeed*", "ok", "passed", "completed", "true", "yes"}},
         {"failure", {"fail*", "error*", "denied", "invalid*", "interrupted", "blocked", "rejected", "false", "no"}}},
        false}},
      {"client",
       {{{"machine",
          {"api*", "*integration*", "*service*", "system*", "batch*", "schedul*", "bot*", "sync*", "webhook*",
           "automat*", "machine*", "non-interactive", "cron*", "import*"}},
         {"human",
          {"", "web*", "browser*", "mobile*", "desktop*", "ui", "app", "human*", "ios*", "android*", "interactive*"}}},
        false}},
      {"quantity", {{{"none", nothing}, {"unlimited", {"unlimited", "-1"}}}, false}},
      {"available", {{{"none", nothing}, {"unlimited", {"unlimited", "-1"}}}, false}},
      {"reducible",
       {{{"none", {"", "-", "n/a"}},
         {"any-time", with({"any-time", "any time", "anytime", "monthly", "next invoice"}, yes)},
         {"at-renewal", with({"at-renewal", "at renewal", "renewal", "annual"}, no)}},
        false}}};
  static const Vocabulary blank = {{{"none", nothing}}, false}, date = {{{"none", no_date}}, false}, open;
  if (const auto found = all.find(field); found != all.end()) return found->second;
  if (field == "group_products") return all.find("products")->second;
  for (const std::string_view name : {"created", "last_day", "from", "to", "term_start", "term_end"})
    if (field == name) return date;
  for (const std::string_view name : {"assigned", "notice_days", "floor", "unit_price", "roles", "aliases"})
    if (field == name) return blank;
  return open;
}

void UnknownTally::note(std::string_view column, std::string_view value, std::uint64_t line) {
  auto found = columns_.find(column);
  if (found == columns_.end())
    found = columns_.emplace(std::string(column), std::map<std::string, Seen, std::less<>>{}).first;
  auto& values = found->second;
  auto entry = values.find(value);
  if (entry == values.end() && values.size() < kKeptApart) entry = values.emplace(std::string(value), Seen{}).first;
  Seen& seen = entry != values.end() ? entry->second : rest_[std::string(column)];
  if (seen.count++ == 0) seen.line = line;
}

std::vector<std::string> UnknownTally::sentences() const {
  const auto times = [](std::uint64_t n) { return n == 1 ? std::string("once") : fmt::format("{} times", n); };
  std::vector<std::string> out;
  for (const auto& [column, values] : columns_) {
    std::vector<std::pair<std::string, Seen>> rows(values.begin(), values.end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second.line < b.second.line; });
    for (const auto& [value, seen] : rows)
      out.push_back(fmt::format("{}: \"{}\" {}, first on line {}", column, value, times(seen.count), seen.line));
    if (const auto rest = rest_.find(column); rest != rest_.end())
      out.push_back(
          fmt::format("{}: other values {}, first on line {}", column, times(rest->second.count), rest->second.line));
  }
  return out;
}

}  // namespace seatlint::profile
