// SPDX-License-Identifier: Apache-2.0
// What cell values mean: vocabularies with their defaults, the tally of values nobody knows, keys and lists.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "profile/rules.hpp"

namespace seatlint::profile {

/// A vocabulary made fast: a value is matched against the globs once and then remembered.
class Lexicon {
 public:
  Lexicon() = default;
  explicit Lexicon(Vocabulary vocabulary);

  /// The first word whose globs fit; nullptr when none does. The pointer lives as long as the lexicon.
  const std::string* find(std::string_view text);
  bool empty() const { return vocabulary_.words.empty(); }
  const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  int search(std::string_view text) const;
  bool may_fit(std::string_view text) const;

  Vocabulary vocabulary_;
  std::bitset<256> fronts_;                      ///< bytes that what fits may begin with
  std::vector<std::vector<std::string>> globs_;  ///< by word; folded unless case matters
  std::unordered_map<std::string, int, Hash, std::equal_to<>> seen_;
};

bool fits_any(const std::vector<std::string>& globs, std::string_view text, bool exact_case);

/// The words a field has where a profile gives it none: common English ones, yes and no in several languages.
const Vocabulary& default_vocabulary(std::string_view field);

/// Values no vocabulary knows.
class UnknownTally {
 public:
  void note(std::string_view column, std::string_view value, std::uint64_t line);
  /// `Status: "Aktiv" 12 times, first on line 3`, by column, then by first line.
  std::vector<std::string> sentences() const;

 private:
  struct Seen {
    std::uint64_t count = 0, line = 0;
  };
  std::map<std::string, std::map<std::string, Seen, std::less<>>, std::less<>> columns_;
  std::map<std::string, Seen, std::less<>> rest_;  ///< beyond the values that are kept apart
};

/// One identity key in its one spelling; empty when it is no key. `form` unset: ids as written, GUIDs lower-case.
std::string normalize_key(std::string_view text, std::optional<KeyForm> form);
/// The same over what `into` held, for its memory.
void normalize_key(std::string_view text, std::optional<KeyForm> form, std::string& into);
/// 32 hexadecimal digits: a name the portal has concealed.
bool is_concealed(std::string_view text);
/// 15 characters to 18, a lower- or upper-cased 18 repaired by its suffix, zeros to nothing; others as they are.
std::string salesforce_id(std::string_view text);

/// The items of a multi-value cell, trimmed, blanks dropped. nullopt: the cell should be a JSON array and is none.
std::optional<std::vector<std::string>> split_cell(std::string_view text, const Split* split);

/// `5,000`, `1 200`, `12.0`; nullopt for anything else. Never negative.
std::optional<std::int64_t> parse_count(std::string_view text);

std::string_view clean_odd_cell(std::string_view text);
/// Trimmed; a formula apostrophe (`'+44`) removed.
inline std::string_view clean_cell(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  if (text.empty() || (plain(text.front()) && plain(text.back()) && text.front() != '\'')) return text;
  return clean_odd_cell(text);
}

}  // namespace seatlint::profile
