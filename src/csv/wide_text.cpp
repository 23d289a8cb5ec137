// SPDX-License-Identifier: Apache-2.0
// UTF-16 and UTF-32 without a mark (see unmarked.hpp). Western text shows in its zero bytes alone; elsewhere the units
// have to spell something as well, since a stray NUL byte makes no wide text.
#include <algorithm>

#include "csv/encoding.hpp"
#include "csv/unmarked.hpp"

namespace seatlint::csv {
namespace {

constexpr std::size_t most_bytes = 64u << 10;

std::uint32_t unit_at(std::string_view text, std::size_t i, std::size_t width, bool big) {
  std::uint32_t unit = 0;
  for (std::size_t k = 0; k < width; ++k)
    unit |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + k])) << 8u * (big ? width - 1 - k : k);
  return unit;
}

struct WideCensus {
  std::size_t units = 0, odd = 0;  // odd: what no export holds
  std::size_t narrow = 0;          // ASCII units
  std::size_t separators = 0;
  bool sound = true;  // no unit beyond Unicode
};

WideCensus read_wide(std::string_view text, std::size_t width, bool big) {
  WideCensus census;
  bool pair_open = false;
  for (std::size_t i = 0; i + width <= text.size(); i += width) {
    const std::uint32_t unit = unit_at(text, i, width, big);
    ++census.units;
    const bool low = unit >= 0xDC00 && unit < 0xE000, high = unit >= 0xD800 && unit < 0xDC00;
    const bool paired = width == 2 && (high || (low && pair_open));
    pair_open = high;
    census.sound = census.sound && unit <= 0x10FFFF;
    const bool control = unit < 0x20 && unit != '\t' && unit != '\n' && unit != '\r';
    const bool astral = width == 4 && unit >= 0x1F000 && unit < 0x30000;
    census.odd += control || (!paired && !astral && script_of(unit) < 0) ? 1u : 0u;
    census.narrow += unit < 0x80 ? 1u : 0u;
    census.separators +=
        unit < 0x80 && std::string_view("\n\r,;\t|").find(static_cast<char>(unit)) != std::string_view::npos;
  }
  return census;
}

bool is_utf32(std::string_view text, bool big) {
  const WideCensus census = read_wide(text, 4, big);
  return census.units >= 2 && census.sound && census.odd * 10 <= census.units;
}

bool is_utf16(std::string_view text, bool big) {
  std::size_t high = 0, low = 0, controls = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') ++((i % 2 == 0) == big ? high : low);
    if (text[i] > '\0' && text[i] < '\t') ++controls;
  }
  const WideCensus census = read_wide(text, 2, big);
  if (high * 100 < text.size() * 45 && census.separators == 0) return false;
  const bool spelled = census.odd * 50 <= census.units && census.separators >= 2;
  if (high * 100 >= text.size() * 15) return low * 20 <= high || spelled;
  // Other scripts: only delimiters and line ends have a zero byte, and the rest is no UTF-8 or full of controls.
  return high >= 2 && (low == 0 || spelled) &&
         (controls * 10 > text.size() || valid_utf8(text).valid + 4 < text.size());
}

}  // namespace

int script_of(std::uint32_t unit) {
  if (unit < 0x80 || (unit >= 0x300 && unit < 0x370) || (unit >= 0x2000 && unit < 0x2400)) return 0;
  if (unit < 0x250 || (unit >= 0x1E00 && unit < 0x1F00)) return 1;
  if (unit >= 0x370 && unit < 0x530) return 2;
  if (unit >= 0x590 && unit < 0x700) return 3;
  if (unit >= 0x900 && unit < 0x1200) return 4;
  if ((unit >= 0x3000 && unit < 0xA000) || (unit >= 0xFF00 && unit < 0xFFF0)) return 5;
  return unit >= 0xAC00 && unit < 0xD7A4 ? 6 : -1;
}

std::string wide_without_mark(std::string_view sample, bool complete) {
  const std::string_view text = sample.substr(0, std::min(sample.size(), most_bytes) & ~std::size_t{3});
  if (sample.find('\0') == std::string_view::npos || sample.size() < 4) return {};
  if (!complete || sample.size() % 4 == 0) {
    if (is_utf32(text, false)) return "utf-32le";
    if (is_utf32(text, true)) return "utf-32be";
  }
  if (complete && sample.size() % 2 != 0) return {};
  if (is_utf16(text, false)) return "utf-16le";
  if (is_utf16(text, true)) return "utf-16be";
  return {};
}

}  // namespace seatlint::csv
