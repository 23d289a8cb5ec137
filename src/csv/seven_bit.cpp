// SPDX-License-Identifier: Apache-2.0
// Encodings that pass as ASCII (see unmarked.hpp): ISO-2022 and HZ shift, UTF-7 hides letters behind a plus sign.
#include <algorithm>
#include <set>
#include <vector>

#include "csv/unmarked.hpp"

namespace seatlint::csv {
namespace {

unsigned char at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }
bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// How rare a unit of each script (see script_of) is among all units, as bits.
constexpr int surprise_of_script[] = {5, 7, 7, 7, 5, 1, 2};
constexpr int enough_surprise = 14;

// What a `+...` run of UTF-7 stands for.
struct Utf7Run {
  std::size_t end = 0;   // behind its last letter
  bool valid = false;    // whole units of one script
  bool beyond = false;   // holds a letter beyond ASCII
  int surprise = 0;      // about how many bits chance would have had to hit for those letters
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
    run.surprise += unit >= 0x80 && script >= 0 ? surprise_of_script[script] : 0;
    ++units;
    signs += unit < 0x80 &&
             std::string_view("!\"#$%&*;<=>@[]^_`{|}~\\").find(static_cast<char>(unit)) != std::string_view::npos;
  }
  const bool padded = held < 6 && (bits & ((1u << held) - 1u)) == 0;
  run.valid = sound && units > 0 && letter && padded;
  run.symbols = units > 0 && signs == units;
  return run;
}

}  // namespace

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

// UTF-7 hides letters in `+...-`, the `-` being optional. Every such run must decode to whole units of one script, and
// most must be closed by `-` or spell what no chance would, or it is plain text: license lists are joined by `+`
// ("Sales Enterprise+Power BI Pro").
Utf7 look_for_utf7(std::string_view sample) {
  std::size_t runs = 0, closed = 0;
  int surprise = 0;
  std::set<std::string_view> different;
  for (std::size_t i = sample.find('+'); i != std::string_view::npos; i = sample.find('+', i + 1)) {
    if (i + 1 < sample.size() && sample[i + 1] == '-') continue;
    const Utf7Run run = utf7_run(sample, i);
    if (!run.valid || (!run.beyond && !run.symbols)) return Utf7::no;
    ++runs;
    closed += run.end < sample.size() && sample[run.end] == '-' ? 1u : 0u;
    if (run.beyond && different.size() < 3 && different.insert(sample.substr(i, run.end - i)).second)
      surprise += run.surprise;
    i = run.end - 1;
  }
  if (runs == 0) return Utf7::no;
  return closed * 2 > runs || different.size() >= 3 || surprise >= enough_surprise ? Utf7::yes : Utf7::perhaps;
}

}  // namespace seatlint::csv
