// SPDX-License-Identifier: Apache-2.0
// See spelling.hpp. An alphabet holds a language's letters beyond ASCII, the commonest first: a page under which the
// letters are those of one language, in their usual proportions, is the right one.
#include "csv/spelling.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <limits>
#include <map>
#include <span>

namespace seatlint::csv {
namespace {

constexpr std::size_t most_high_bytes = 20'000;
constexpr std::u32string_view latin_alphabets[] = {
    U"éèàêçùôîâûëïœÿæü",
    U"üäößé",
    U"óíáéñúüªº",
    U"ãçáéíóúâêôõàüªº",
    U"àèùòéìîº",
    U"àéèóíòïçúü",
    U"äåöéüà",
    U"øåæéöäüóòô",
    U"áðíéóúýþæö",
    U"ëéïèöüóêä",
    U"äõüöšž",
    U"łąęóżśćńź",
    U"íáéěčžýřšůúťňďóöü",
    U"áíéčžýšúľťňôóäďĺŕ",
    U"áéőöóüíúű",
    U"ăâîșț",
    U"ăâîşţ",
    U"čžšćđ",
    U"ıüşöçğiâîû",
    U"ėšųžąįčęū",
    U"āīēšņķļžģūčõŗ",
    U"ĉĝĥĵŝŭ",
    U"żħġċàèìòù",
    U"ëç",
    U"ŵŷâêîôûï",
    U"àáạảãâấầậẩẫăắằặẳẵèéẹẻẽêếềệểễìíịỉĩòóọỏõôốồộổỗơớờợởỡùúụủũưứừựửữỳýỵỷỹđ\u0300\u0301\u0303\u0309\u0323"};
constexpr std::u32string_view cyrillic_alphabets[] = {
    U"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", U"оаинівертслкдмупязьбгйчхжшюцїєщфґ'", U"аиоентрсвлкдпмзгбуяъчйщцжшхфью",
    U"аоиенртсјкувлдмпзбгшчжљњцћхфђџ",    U"аоиентрсвкдјплумзгбчшцжќѓѕњљџхф",    U"аіноеырлсткдвупмязьўгбчйшцжэхюёф"};

constexpr std::u32string_view greek_alphabets[] = {U"αοιετνσηςρκπμλυωγδχθφβξζψάέήίόύώϊϋΐΰ"};
constexpr std::u32string_view hebrew_alphabets[] = {U"יוהלארתבםמשנקדעפחןטגסצכזךףץ"};
constexpr std::u32string_view arabic_alphabets[] = {U"اليمنروتبعدسفهكقةحجشأصطخىذضغزثظئءآإؤ"};
constexpr std::u32string_view thai_alphabets[] = {U"านรกอเงวมยลทสดตปบคะหจพชขใแไผณถศฟซโภธญษฐฉฎฆฏฬฌฮฝฒฤำ"};

std::span<const std::u32string_view> alphabets_of(Script script) {
  switch (script) {
    case Script::latin:
      return latin_alphabets;
    case Script::cyrillic:
      return cyrillic_alphabets;
    case Script::greek:
      return greek_alphabets;
    case Script::hebrew:
      return hebrew_alphabets;
    case Script::arabic:
      return arabic_alphabets;
    case Script::thai:
      return thai_alphabets;
  }
  return {};
}

bool is_capital(std::int32_t c) { return utf8proc_category(c) == UTF8PROC_CATEGORY_LU; }
bool is_letter(std::int32_t c) {
  const auto category = utf8proc_category(c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_ascii_letter(std::int32_t c) { return c < 0x80 && is_letter(c); }

std::int32_t decoded(unsigned char byte, const PageTable& page) { return byte < 0x80 ? byte : page[byte - 0x80u]; }

constexpr std::u32string_view everyday_signs = U"\u00A0«»“”‘’„‚–—…•†‡‰€£©®°§™ºª¿¡±½¼·´²³×µ‹›№\u0301";
constexpr std::u32string_view inside_words = U"’·´‑–—\u0301";
constexpr std::u32string_view before_words = U"\u00A0«»“‘„‚¿¡‹›–—•†‡…·´’µ";
constexpr std::u32string_view behind_words = U"\u00A0»«”“’‘…–—™®©°ºª²³›‹€·´";

bool holds(std::u32string_view signs, std::int32_t c) {
  return signs.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

// What a sign costs between its neighbors: words hold none, and few stand right before or behind one.
double sign_cost(std::int32_t sign, std::int32_t before, std::int32_t after) {
  if (sign < 0xA0) return 1;
  if (utf8proc_category(sign) == UTF8PROC_CATEGORY_MN) return is_letter(before) ? 0 : 1;
  if (is_letter(before) && is_letter(after)) return holds(inside_words, sign) ? 0 : 1;
  if (!holds(everyday_signs, sign)) return 0.7;
  if (is_letter(after) && !is_letter(before) && holds(U"£€", sign)) return 0.1;  // `£k`
  if (is_letter(before) && holds(U"²³", sign)) return before == 'm' ? 0 : 0.5;
  return (is_letter(after) && !holds(before_words, sign)) || (is_letter(before) && !holds(behind_words, sign)) ? 0.5
                                                                                                               : 0;
}

using Letters = std::map<char32_t, double>;

// Nobody writes a language in a page that lacks its letters.
bool writes(const PageTable& page, std::u32string_view alphabet) {
  const auto missing = std::count_if(alphabet.begin(), alphabet.end(), [&](char32_t letter) {
    return std::find(page.begin(), page.end(), static_cast<std::int32_t>(letter)) == page.end();
  });
  return static_cast<std::size_t>(missing) * 8 <= alphabet.size();
}

// The share of letters no word of the language has, and how far the proportions are off.
double strangeness(const Letters& letters, double all, std::u32string_view alphabet,
                   std::span<const std::u32string_view> family) {
  const bool whole = alphabet.size() > 26;  // all its letters are beyond ASCII
  double cost = 0, common = 0;
  for (const auto& [letter, count] : letters) {
    const std::size_t rank = alphabet.find(letter);
    if (rank != std::u32string_view::npos) {
      if (rank < 3) common += count;
      // Elsewhere a few letters are too little for ranks to tell.
      if (whole) cost += count * 0.6 * static_cast<double>(rank) / static_cast<double>(alphabet.size());
      continue;
    }
    const bool related = std::any_of(family.begin(), family.end(), [sought = letter](std::u32string_view other) {
      return other.find(sought) != std::u32string_view::npos;
    });
    cost += count * (!related ? 1.0 : whole ? 0.8 : 0.5);
  }
  return cost + all * 0.15 * (1 - std::min(1.0, common / all / 0.3));
}

}  // namespace

std::vector<Neighborhood> neighborhoods(std::string_view sample) {
  std::map<std::uint32_t, std::uint32_t> seen;
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(sample[i]); };
  std::size_t found = 0;
  for (std::size_t i = 0; i < sample.size() && found < most_high_bytes; ++i) {
    if (at(i) < 0x80) continue;
    ++found;
    const unsigned before = i > 0 ? at(i - 1) : 0u, after = i + 1 < sample.size() ? at(i + 1) : 0u;
    ++seen[before << 16u | static_cast<unsigned>(at(i)) << 8u | after];
  }
  std::vector<Neighborhood> result;
  for (const auto& [key, count] : seen)
    result.push_back({static_cast<unsigned char>(key >> 16u), static_cast<unsigned char>(key >> 8u & 0xFFu),
                      static_cast<unsigned char>(key & 0xFFu), count});
  return result;
}

Alphabets written_in(const PageTable& page, Script script) {
  Alphabets languages;
  for (const std::u32string_view alphabet : alphabets_of(script))
    if (writes(page, alphabet)) languages.push_back(alphabet);
  return languages;
}

double misspelling(const std::vector<Neighborhood>& seen, const PageTable& page, Script script,
                   const Alphabets& languages) {
  const std::span<const std::u32string_view> family = alphabets_of(script);
  double cost = 0, all = 0, lettered = 0;
  Letters letters;
  for (const Neighborhood& n : seen) {
    const std::int32_t c = decoded(n.byte, page), before = decoded(n.before, page), after = decoded(n.after, page);
    if (c == 0) return std::numeric_limits<double>::infinity();
    const double count = n.count;
    all += count;
    // Ordinal and micro signs stand in no alphabet, whatever Unicode calls them.
    if (!is_letter(c) || c == 0xAA || c == 0xBA || c == 0xB5) {
      cost += count * sign_cost(c, before, after);
      continue;
    }
    if (is_capital(c) && is_letter(before) && !is_capital(before)) cost += count;
    // No word mixes scripts.
    if (script != Script::latin && (is_ascii_letter(before) || is_ascii_letter(after))) cost += count;
    letters[static_cast<char32_t>(utf8proc_tolower(c))] += count;
    lettered += count;
  }
  if (all == 0) return 0;
  double best = lettered;
  if (lettered > 0)
    for (const std::u32string_view alphabet : languages)
      best = std::min(best, strangeness(letters, lettered, alphabet, family));
  return (cost + best) / all;
}

}  // namespace seatlint::csv
