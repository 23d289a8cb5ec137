// SPDX-License-Identifier: Apache-2.0
// Guesses between code pages of text that is no UTF-8 (see encoding.hpp). Western, Central European, Turkish and
// Cyrillic text is told by which bytes stand where letters do; everything else is left to the user, for a wrong guess
// would turn names into other names.
#include <algorithm>
#include <array>

#include "csv/encoding.hpp"

namespace seatlint::csv {
namespace {

unsigned char at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }
bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct HighBytes {
  std::array<std::size_t, 256> seen{};
  std::size_t all = 0;
  std::size_t in_runs = 0;     // three or more next to each other: words of another script
  std::size_t dos_letter = 0;  // inside words at 0x80-0x9F, where Windows pages have quotes and dashes

  std::size_t of(std::string_view bytes) const {
    std::size_t total = 0;
    for (const char c : bytes) total += seen[static_cast<unsigned char>(c)];
    return total;
  }
  std::size_t between(unsigned first, unsigned last) const {
    std::size_t total = 0;
    for (unsigned c = first; c <= last; ++c) total += seen[c];
    return total;
  }
};

HighBytes count_high(std::string_view sample) {
  constexpr std::string_view signs =
      "\x80\x81\x82\x83\x84\x86\x87\x88\x89\x8B\x8D\x8F\x90\x91\x93\x94\x95\x98\x99\x9B\x9D";
  HighBytes high;
  std::size_t run = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const unsigned char c = at(sample, i);
    run = c < 0x80 ? 0 : run + 1;
    if (c < 0x80) continue;
    high.in_runs += run == 3 ? 3u : run > 3 ? 1u : 0u;
    ++high.all;
    ++high.seen[c];
    const unsigned char before = i > 0 ? at(sample, i - 1) : 0, after = i + 1 < sample.size() ? at(sample, i + 1) : 0;
    if ((is_letter(before) || is_letter(after)) && before != ' ' && after != ' ' &&
        signs.find(sample[i]) != std::string_view::npos)
      ++high.dos_letter;
  }
  return high;
}

// The commonest vowels of every Cyrillic language are a, i and o: a quarter of the letters. No other script has so
// much on the same three bytes.
std::string cyrillic_page(const HighBytes& high) {
  struct Vowels {
    const char* page;
    std::string_view bytes;
  };
  const char* best = "";
  std::size_t most = 0;
  for (const Vowels v : {Vowels{"windows-1251", "\xE0\xE8\xEE"}, Vowels{"koi8-r", "\xC1\xC9\xCF"},
                         Vowels{"iso-8859-5", "\xD0\xD8\xDE"}, Vowels{"cp866", "\xA0\xA8\xAE"}})
    if (const std::size_t n = high.of(v.bytes); n > most) most = n, best = v.page;
  if (most * 100 < high.all * 17) return {};
  // The Macintosh page has the small letters of windows-1251, but the capitals at 0x80.
  if (best == std::string_view("windows-1251") && high.between(0x80, 0x9F) > high.between(0xC0, 0xDF))
    return "mac-cyrillic";
  return best;
}

// Letters of Polish, Czech, Hungarian, Romanian stand at 0x8A-0xBF, where Western pages have signs.
std::string central_european_page(std::string_view sample, const HighBytes& high) {
  constexpr std::string_view windows_only = "\xB9\x9C\x8C\x9F\x8F\x9D\x8D\xA5";
  constexpr std::string_view iso_only = "\xB1\xB6\xBC\xA1\xA6\xAC\xBE\xA9\xAE\xBB\xB5";
  constexpr std::string_view both = "\xB3\xA3\xBF\xAF";
  std::size_t windows = 0, iso = 0, either = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (at(sample, i) < 0x80) continue;
    const auto in_word = [](unsigned char c) { return is_letter(c) || c >= 0xC0; };
    const bool before = i > 0 && in_word(at(sample, i - 1)),
               after = i + 1 < sample.size() && in_word(at(sample, i + 1));
    if (!after && !(before && i + 1 < sample.size() && at(sample, i + 1) != ' ')) continue;
    if (windows_only.find(sample[i]) != std::string_view::npos) ++windows;
    if (iso_only.find(sample[i]) != std::string_view::npos) ++iso;
    if (both.find(sample[i]) != std::string_view::npos) ++either;
  }
  if ((std::max(windows, iso) + either) * 6 <= high.all) return {};
  const bool has_windows_range = high.between(0x8A, 0x8F) + high.between(0x9A, 0x9F) > 0;
  return iso > windows && !has_windows_range ? "iso-8859-2" : "windows-1250";
}

bool is_turkish(const HighBytes& high) {
  return high.of("\xF0\xFD\xFE\xDD\xDE\xD0") * 4 > high.all && high.of("\xE1\xE9\xED\xF3\xE6") == 0;
}

}  // namespace

CodePage guess_code_page(std::string_view sample) {
  const HighBytes high = count_high(sample);
  if (high.all >= 6 && high.in_runs * 2 >= high.all) {
    if (std::string page = cyrillic_page(high); !page.empty()) return {page, {}};
    return {{},
            "it may be Chinese, Japanese or Korean (gb18030, big5, shift_jis, euc-jp, cp949), Greek (windows-1253), "
            "Hebrew (windows-1255), Arabic (windows-1256) or Thai (tis-620)"};
  }
  const CodePage old{{}, "it may be a DOS or Macintosh code page (cp850, cp437, macintosh)"};
  if (high.dos_letter * 4 > high.all) return old;
  if (std::string page = central_european_page(sample, high); !page.empty())
    return page == "windows-1250" && high.of("\x81\x83\x88\x90\x98") > 0 ? old : CodePage{page, {}};
  if (is_turkish(high)) return {"windows-1254", {}};
  // 0xA4 is the euro sign in ISO-8859-15; windows-1252 has it at 0x80, so bytes from there rule that out.
  if (high.between(0x80, 0x9F) == 0 && high.seen[0xA4] > 0) return {"iso-8859-15", {}};
  return high.of("\x81\x8D\x8F\x90\x9D") > 0 ? old : CodePage{"windows-1252", {}};
}

}  // namespace seatlint::csv
