// SPDX-License-Identifier: Apache-2.0
// The deciding half of encoding.hpp: marks, zero-byte patterns, UTF-8 validity, and last a guess between code pages,
// which is always said.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "csv/encoding.hpp"

namespace seatlint::csv {
namespace {

unsigned char at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }
bool continues(unsigned char c) { return (c & 0xC0u) == 0x80u; }
bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Length of the character that starts at `i`, 0 where it is no UTF-8, -1 where the text ends inside it.
int utf8_length(std::string_view text, std::size_t i) {
  const unsigned char c = at(text, i);
  if (c < 0x80) return 1;
  const int length = c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0u) == 0xE0u ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
  for (int k = 1; k < length; ++k) {
    if (i + static_cast<std::size_t>(k) >= text.size()) return -1;
    const unsigned char d = at(text, i + static_cast<std::size_t>(k));
    if (!continues(d)) return 0;
    // Second bytes that would be overlong, a surrogate or beyond U+10FFFF.
    if (k == 1 &&
        ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || (c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F)))
      return 0;
  }
  return length;
}

struct Zeros {
  std::array<std::size_t, 4> at{};
  std::size_t size = 0;
};

Zeros count_zeros(std::string_view sample) {
  Zeros zeros;
  zeros.size = std::min<std::size_t>(sample.size(), 64u << 10) & ~std::size_t{3};
  for (std::size_t i = 0; i < zeros.size; ++i)
    if (sample[i] == '\0') ++zeros.at[i & 3];
  return zeros;
}

// Whether a line end or delimiter stands in the text as a unit of two bytes, the low one at `low` (0 or 1) of it.
bool has_wide_separator(std::string_view sample, std::size_t low) {
  for (std::size_t i = 0; i + 1 < sample.size(); i += 2)
    if (sample[i + 1 - low] == '\0' && std::string_view("\n\r,;\t|").find(sample[i + low]) != std::string_view::npos)
      return true;
  return false;
}

// Wide text without a mark shows in where its zero bytes stand.
std::string wide_without_mark(std::string_view sample, bool complete) {
  const Zeros z = count_zeros(sample);
  const std::size_t quarter = z.size / 4;
  if (quarter >= 2 && (!complete || sample.size() % 4 == 0)) {
    if (z.at[3] == quarter && z.at[2] * 10 >= quarter * 9 && z.at[0] == 0) return "utf-32le";
    if (z.at[0] == quarter && z.at[1] * 10 >= quarter * 9 && z.at[3] == 0) return "utf-32be";
  }
  std::size_t even = 0, odd = 0, controls = 0;
  const std::size_t size = std::min<std::size_t>(sample.size(), 64u << 10);
  for (std::size_t i = 0; i < size; ++i) {
    if (sample[i] == '\0') ++(i % 2 == 0 ? even : odd);
    if (sample[i] > '\0' && sample[i] < '\t') ++controls;
  }
  if (even + odd == 0 || size < 4 || (complete && sample.size() % 2 != 0)) return {};
  // A stray NUL byte in a short plain text is no such pattern: then no separator is wide.
  const auto fits = [&](std::size_t high, std::size_t low, std::size_t at_low) {
    if (high * 100 < size * 45 && !has_wide_separator(sample.substr(0, size), at_low)) return false;
    if (high * 100 >= size * 15) return low * 20 <= high;
    // Other scripts: only delimiters and line ends have a zero byte, and the rest is no UTF-8 or full of controls.
    return low == 0 && high >= 2 && (controls * 10 > size || valid_utf8(sample.substr(0, size)).valid + 4 < size);
  };
  if (fits(odd, even, 0)) return "utf-16le";
  if (fits(even, odd, 1)) return "utf-16be";
  return {};
}

// Seven-bit encodings that would pass as ASCII: ISO-2022 and HZ by their shift sequences.
std::string escaped_encoding(std::string_view sample) {
  for (const std::string_view shift : {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B(I"})
    if (sample.find(shift) != std::string_view::npos) return "iso-2022-jp-2";
  if (sample.find("\x1B$)C") != std::string_view::npos) return "iso-2022-kr";
  if (sample.find("\x1B$)A") != std::string_view::npos) return "iso-2022-cn";
  const std::size_t open = sample.find("~{");
  if (open == std::string_view::npos || sample.find("~}", open) == std::string_view::npos) return {};
  std::size_t pairs = 0;
  for (std::size_t i = open + 2; i + 1 < sample.size() && sample[i] != '~'; i += 2, ++pairs)
    if (at(sample, i) < 0x21 || at(sample, i) > 0x77 || at(sample, i + 1) < 0x21) return {};
  return pairs > 0 ? "hz" : "";
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Coarse scripts of UTF-16 units; 0 for signs any script uses, -1 for what no export is written in.
int script_of(std::uint32_t unit) {
  if (unit < 0x80 || (unit >= 0x2000 && unit < 0x20D0)) return 0;
  if (unit < 0x180) return 1;
  if (unit >= 0x370 && unit < 0x530) return 2;
  if (unit >= 0x590 && unit < 0x700) return 3;
  if (unit >= 0x900 && unit < 0xE80) return 4;
  if ((unit >= 0x3000 && unit < 0xA000) || (unit >= 0xFF00 && unit < 0xFFF0)) return 5;
  return unit >= 0xAC00 && unit < 0xD7A4 ? 6 : -1;
}

// What a `+...` run of UTF-7 stands for.
struct Utf7Run {
  std::size_t end = 0;   // behind its last letter
  bool valid = false;    // whole units of one script
  bool beyond = false;   // holds a letter beyond ASCII
  bool symbols = false;  // nothing but ASCII signs that many writers hide as well: `+AEA-` for `@`
};

Utf7Run utf7_run(std::string_view sample, std::size_t plus) {
  Utf7Run run;
  std::uint32_t bits = 0;
  unsigned held = 0;
  int script_of_run = 0;
  bool letter = false;  // a phone number has no letters
  std::size_t units = 0, signs = 0;
  bool sound = true;
  for (run.end = plus + 1; run.end < sample.size() && base64_value(sample[run.end]) >= 0; ++run.end) {
    bits = (bits << 6u | static_cast<std::uint32_t>(base64_value(sample[run.end]))) & 0xFFFFFFu;
    held += 6;
    letter = letter || is_letter(at(sample, run.end));
    if (held < 16) continue;
    held -= 16;
    const std::uint32_t unit = (bits >> held) & 0xFFFFu;
    const int script = script_of(unit);
    sound = sound && unit >= 0x20 && script >= 0 && (script == 0 || script_of_run == 0 || script == script_of_run);
    script_of_run = std::max(script_of_run, script);
    run.beyond = run.beyond || unit >= 0x80;
    ++units;
    signs += unit < 0x80 &&
             std::string_view("!\"#$%&*;<=>@[]^_`{|}~\\").find(static_cast<char>(unit)) != std::string_view::npos;
  }
  const bool padded = held < 6 && (bits & ((1u << held) - 1u)) == 0;
  run.valid = sound && units > 0 && letter && padded;
  run.symbols = units > 0 && signs == units;
  return run;
}

// UTF-7 hides letters in `+...-`, the `-` being optional. Every such run must decode to whole units of one script, and
// most must be closed by `-` or be three different ones, or it is plain text: license lists are joined by `+`
// ("Sales Enterprise+Power BI Pro").
bool looks_like_utf7(std::string_view sample) {
  std::size_t runs = 0, closed = 0;
  std::set<std::string_view> different;
  for (std::size_t i = sample.find('+'); i != std::string_view::npos; i = sample.find('+', i + 1)) {
    if (i + 1 < sample.size() && sample[i + 1] == '-') continue;
    const Utf7Run run = utf7_run(sample, i);
    const bool is_closed = run.end < sample.size() && sample[run.end] == '-';
    if (!run.valid || (!run.beyond && !run.symbols)) return false;
    ++runs;
    closed += is_closed ? 1 : 0;
    if (run.beyond && different.size() < 3) different.insert(sample.substr(i, run.end - i));
    i = run.end - 1;
  }
  return runs > 0 && (closed * 2 > runs || different.size() >= 3);
}

struct Utf8Census {
  std::size_t multibyte = 0, invalid = 0;
  std::size_t first_multibyte = std::string_view::npos;
};

Utf8Census take_census(std::string_view sample) {
  Utf8Census census;
  for (std::size_t i = 0; i < sample.size();) {
    const int length = utf8_length(sample, i);
    if (length < 0) break;
    if (length == 0) ++census.invalid;
    if (length > 1 && census.multibyte++ == 0) census.first_multibyte = i;
    i += length > 0 ? static_cast<std::size_t>(length) : 1;
  }
  return census;
}

}  // namespace

Utf8Run valid_utf8(std::string_view text) {
  Utf8Run run;
  std::size_t i = 0;
  while (i < text.size()) {
    std::uint64_t eight = 0;
    while (i + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + i, 8);
      if ((eight & 0x8080808080808080u) != 0) break;
      i += 8;
    }
    while (i < text.size() && at(text, i) < 0x80) ++i;
    if (i == text.size()) break;
    const int length = utf8_length(text, i);
    if (length <= 0) {
      run.cut = length < 0;
      break;
    }
    run.multibyte = true;
    i += static_cast<std::size_t>(length);
  }
  run.valid = i;
  return run;
}

Encoding detect_encoding(std::string_view sample, bool complete) {
  using namespace std::string_view_literals;
  struct Mark {
    std::string_view bytes;
    const char* name;
  };
  constexpr std::string_view doubled = "\xC3\xAF\xC2\xBB\xC2\xBF";
  for (const Mark mark :
       {Mark{"\xEF\xBB\xBF"sv, "utf-8"}, Mark{"\xFF\xFE\0\0"sv, "utf-32le"}, Mark{"\0\0\xFE\xFF"sv, "utf-32be"},
        Mark{"\xFF\xFE"sv, "utf-16le"}, Mark{"\xFE\xFF"sv, "utf-16be"}, Mark{doubled, "utf-8"}}) {
    if (!sample.starts_with(mark.bytes)) continue;
    Encoding found{mark.name, mark.bytes.size(), false, mark.bytes == doubled, std::string_view::npos, {}, {}};
    while (found.name == "utf-8" && sample.substr(found.bom_bytes).starts_with("\xEF\xBB\xBF")) found.bom_bytes += 3;
    if (found.name == "utf-8" && sample.substr(found.bom_bytes).starts_with(doubled)) {
      found.bom_bytes += doubled.size();
      found.doubled_bom = true;
    }
    found.reason =
        fmt::format("encoding {}: byte order mark{}", found.name, found.doubled_bom ? ", itself encoded twice" : "");
    return found;
  }
  if (const std::string wide = wide_without_mark(sample, complete); !wide.empty())
    return {wide, 0, false, false, std::string_view::npos, fmt::format("encoding {}: by its zero bytes", wide), {}};

  const Utf8Census census = take_census(sample);
  if (census.invalid == 0) {
    std::string escaped = census.multibyte == 0 ? escaped_encoding(sample) : std::string();
    if (escaped.empty() && census.multibyte == 0 && looks_like_utf7(sample)) escaped = "utf-7";
    if (escaped == "hz")
      return {
          "", 0, true, false, std::string_view::npos, {}, "it looks like HZ, which has to be converted to UTF-8 first"};
    if (!escaped.empty())
      return {escaped,
              0,
              true,
              false,
              std::string_view::npos,
              fmt::format("encoding {}: by its shift sequences, a guess", escaped),
              {}};
    return {"utf-8",
            0,
            false,
            false,
            std::string_view::npos,
            census.multibyte == 0 ? "encoding utf-8: plain ASCII so far" : "encoding utf-8: valid",
            {}};
  }
  if (census.multibyte >= 2 * census.invalid)
    return {"utf-8", 0, false, false, std::string_view::npos, "encoding utf-8: valid but for a few bytes", {}};
  const CodePage page = guess_code_page(sample);
  Encoding guess{page.name, 0, true, false, std::string_view::npos, {}, page.suspect};
  guess.reason =
      fmt::format("encoding {}: no UTF-8; a guess between code pages, say --encoding if it is wrong", guess.name);
  if (census.multibyte >= 3 && census.multibyte * 4 >= census.invalid) guess.mixed_at = census.first_multibyte;
  return guess;
}

}  // namespace seatlint::csv
