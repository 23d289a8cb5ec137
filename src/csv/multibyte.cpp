// SPDX-License-Identifier: Apache-2.0
// Chinese, Japanese and Korean text of two bytes a character: each encoding is tried strictly, and counts by how many
// of its pairs are everyday characters, which stand together in every one of these tables.
#include <algorithm>
#include <array>

#include "csv/encoding.hpp"

namespace seatlint::csv {
namespace {

struct Pair {
  unsigned lead, trail;
};
bool in(unsigned c, unsigned first, unsigned last) { return c >= first && c <= last; }

struct Table {
  const char* name;
  bool (*lead)(unsigned);
  bool (*trail)(unsigned);
  bool (*everyday)(Pair);  ///< the first level of characters, and kana
  bool (*neutral)(Pair);   ///< punctuation, letters of other scripts in full width
  bool (*single)(unsigned);
};

bool none(unsigned) { return false; }
bool high(unsigned c) { return in(c, 0xA1, 0xFE); }
bool gb_trail(unsigned c) { return in(c, 0x40, 0x7E) || in(c, 0x80, 0xFE); }
bool big5_trail(unsigned c) { return in(c, 0x40, 0x7E) || high(c); }
bool sjis_trail(unsigned c) { return in(c, 0x40, 0x7E) || in(c, 0x80, 0xFC); }

constexpr Table tables[] = {
    {"gb18030", [](unsigned c) { return in(c, 0x81, 0xFE); }, gb_trail,
     [](Pair p) { return in(p.lead, 0xB0, 0xD7) && high(p.trail); }, [](Pair p) { return in(p.lead, 0xA1, 0xA3); },
     none},
    {"big5", high, big5_trail, [](Pair p) { return in(p.lead, 0xA4, 0xC6); },
     [](Pair p) { return in(p.lead, 0xA1, 0xA3); }, none},
    {"cp932", [](unsigned c) { return in(c, 0x81, 0x9F) || in(c, 0xE0, 0xFC); }, sjis_trail,
     [](Pair p) { return in(p.lead, 0x88, 0x97) || in(p.lead, 0x82, 0x83); }, [](Pair p) { return p.lead == 0x81; },
     [](unsigned c) { return in(c, 0xA1, 0xDF); }},
    {"euc-jp", high, high, [](Pair p) { return in(p.lead, 0xB0, 0xCF) || in(p.lead, 0xA4, 0xA5); },
     [](Pair p) { return in(p.lead, 0xA1, 0xA3); }, none},
    {"cp949", [](unsigned c) { return in(c, 0x81, 0xFE); },
     [](unsigned c) { return in(c, 0x41, 0x5A) || in(c, 0x61, 0x7A) || in(c, 0x81, 0xFE); },
     [](Pair p) { return in(p.lead, 0xB0, 0xC8) && high(p.trail); }, [](Pair p) { return in(p.lead, 0xA1, 0xA3); },
     none}};

constexpr double fewest = 8, few_kana = 0.05, few_mixed = 0.1, everyday_share = 0.9, all_hangul = 0.97,
                 lead_over_rivals = 0.15;

// The share of everyday characters; 0 where the bytes are not of this encoding.
double share(std::string_view sample, const Table& table) {
  double pairs = 0, everyday = 0, kana = 0, mixed = 0;
  bool after_letter = false;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const unsigned c = static_cast<unsigned char>(sample[i]);
    mixed += c >= 0x80 && after_letter ? 1 : 0;
    after_letter = in(c | 0x20u, 'a', 'z');
    if (c < 0x80) continue;
    if (table.single(c)) {
      ++pairs;
      continue;
    }
    if (i + 1 == sample.size()) break;
    const Pair pair{c, static_cast<unsigned char>(sample[++i])};
    if (!table.lead(pair.lead) || !table.trail(pair.trail)) return 0;
    if (table.neutral(pair)) continue;
    ++pairs;
    everyday += table.everyday(pair) ? 1 : 0;
    kana += in(pair.lead, 0xA4, 0xA5) ? 1 : 0;
  }
  if (pairs < fewest || mixed > few_mixed * pairs) return 0;
  if (std::string_view(table.name) == "euc-jp" && kana < few_kana * pairs) return 0;
  return everyday / pairs;
}

}  // namespace

std::string guess_multibyte(std::string_view sample) {
  std::array<double, std::size(tables)> shares{};
  std::transform(std::begin(tables), std::end(tables), shares.begin(),
                 [&](const Table& table) { return share(sample, table); });
  // Chinese has characters all over its table, so what stays within hangul is Korean, and it has no kana.
  constexpr std::size_t japanese = 3, korean = 4;
  if (shares[korean] >= all_hangul) return tables[korean].name;
  if (shares[japanese] >= everyday_share) return tables[japanese].name;
  const auto best = std::max_element(shares.begin(), shares.end());
  if (*best < everyday_share) return {};
  for (auto rival = shares.begin(); rival != shares.end(); ++rival)
    if (rival != best && *rival > *best - lead_over_rivals) return {};
  return tables[best - shares.begin()].name;
}

}  // namespace seatlint::csv
