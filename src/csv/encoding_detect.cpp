// SPDX-License-Identifier: Apache-2.0
// The deciding half of encoding.hpp: marks, zero-byte patterns, UTF-8 validity, and last a guess between code pages,
// which is always said.
#include <fmt/core.h>

#include <array>

#include "csv/ascii_bytes.hpp"
#include "csv/encoding.hpp"
#include "csv/unmarked.hpp"

namespace seatlint::csv {
namespace {

unsigned char at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }
bool continues(unsigned char c) { return (c & 0xC0u) == 0x80u; }

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

struct Utf8Census {
  std::size_t multibyte = 0, invalid = 0;
  std::size_t first_multibyte = std::string_view::npos;
  /// One letter that is no word: two bytes of some code page may look so.
  bool lone_letter(std::string_view sample) const {
    if (multibyte != 1 || invalid != 0 || first_multibyte + 1 >= sample.size()) return false;
    const unsigned letter = (at(sample, first_multibyte) & 0x1Fu) << 6u | (at(sample, first_multibyte + 1) & 0x3Fu);
    const bool two_bytes = (at(sample, first_multibyte) & 0xE0u) == 0xC0u;
    return two_bytes && (letter >= 0x530 || (letter >= 0x370 && letter < 0x391) || (letter >= 0x3AA && letter < 0x3B1));
  }
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
    i += ascii_bytes(text.substr(i));
    for (; i < text.size() && at(text, i) < 0x80; ++i) run.nul = run.nul || text[i] == '\0';
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
    const Utf7 utf7 = census.multibyte == 0 ? look_for_utf7(sample) : Utf7::no;
    if (escaped.empty() && utf7 == Utf7::yes) escaped = "utf-7";
    if (escaped.empty() && (utf7 == Utf7::perhaps || census.lone_letter(sample))) {
      Encoding doubtful{"utf-8", 0, true, false, std::string_view::npos, {}, {}};
      doubtful.reason = fmt::format("encoding utf-8: {}; a guess, say --encoding if it is wrong",
                                    utf7 == Utf7::perhaps ? "plain ASCII, unless it is UTF-7" : "by one letter only");
      return doubtful;
    }
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
