// SPDX-License-Identifier: Apache-2.0
// Text from files, made comparable and safe to show: case folding, trimming, globs, terminal-safe printing.
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "base/ascii.hpp"
#include "seatlint/base.hpp"

namespace seatlint {
namespace {

/// No blank and no part of anything longer than itself.
bool is_plain(char c) { return c > ' ' && c < 0x7F; }

const utf8proc_uint8_t* bytes(std::string_view text) { return reinterpret_cast<const utf8proc_uint8_t*>(text.data()); }

/// The code point at the front of `text` and its length; length 1 and point -1 where it is no UTF-8.
std::pair<utf8proc_int32_t, std::size_t> front_point(std::string_view text) {
  utf8proc_int32_t point = -1;
  const auto n =
      utf8proc_iterate(bytes(text), static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)), &point);
  if (n < 1) return {-1, 1};
  return {point, static_cast<std::size_t>(n)};
}

bool is_blank(utf8proc_int32_t point) {
  if (point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 || point == 0xFEFF || point == 0x200B)
    return true;
  return point >= 0xA0 && utf8proc_category(point) == UTF8PROC_CATEGORY_ZS;
}

/// Characters that move the cursor, hide text or turn its direction.
bool is_hostile(utf8proc_int32_t point) {
  if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return true;
  if (point == 0x061C || (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E)) return true;
  return (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || (point >= 0xE0000 && point <= 0xE007F);
}

std::string hex(std::uint32_t value, std::size_t width) {
  std::string text;
  for (; value != 0 || text.size() < width; value >>= 4) text.insert(text.begin(), "0123456789abcdef"[value & 15u]);
  return text;
}

constexpr std::uint64_t each_byte = 0x0101010101010101u, high_bits = 0x80 * each_byte;

/// Eight letters of ASCII at once: adding to a byte makes its highest bit say whether it reaches a letter.
std::uint64_t fold_eight(std::uint64_t text) {
  const std::uint64_t from_a = text + (0x80 - 'A') * each_byte, beyond_z = text + (0x80 - 'Z' - 1) * each_byte;
  return text | ((from_a ^ beyond_z) & high_bits) >> 2u;
}

/// False: there is more than ASCII in it, and it is good for nothing.
bool fold_ascii(std::string& text) {
  std::uint64_t all = 0, eight = 0;
  if (text.size() < sizeof eight) {
    for (char& c : text) {
      all |= static_cast<unsigned char>(c);
      c = lower(c);
    }
    return (all & 0x80) == 0;
  }
  for (std::size_t at = 0;; at = std::min(at + sizeof eight, text.size() - sizeof eight)) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    all |= eight;
    eight = fold_eight(eight);
    std::memcpy(text.data() + at, &eight, sizeof eight);
    if (at + sizeof eight == text.size()) return (all & high_bits) == 0;
  }
}

}  // namespace

std::string fold_case(std::string_view text) {
  std::string folded;
  fold_case(text, folded);
  return folded;
}

void fold_case(std::string_view text, std::string& into) {
  into.assign(text);
  if (fold_ascii(into)) return;
  utf8proc_uint8_t* mapped = nullptr;
  const auto n = utf8proc_map(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                              static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (n < 0) {
    into.assign(text);
    return;
  }
  into.assign(reinterpret_cast<char*>(mapped), static_cast<std::size_t>(n));
  std::free(mapped);  // utf8proc allocates with malloc
}

std::string_view trim(std::string_view text) {
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  while (!text.empty()) {
    const auto [point, size] = front_point(text);
    if (!is_blank(point)) break;
    text.remove_prefix(size);
  }
  while (!text.empty()) {
    std::size_t size = 1;
    while (size < 4 && size < text.size() && (static_cast<unsigned char>(text[text.size() - size]) & 0xC0u) == 0x80u)
      ++size;
    const auto [point, length] = front_point(text.substr(text.size() - size));
    if (length != size || !is_blank(point)) break;
    text.remove_suffix(size);
  }
  return text;
}

namespace {

/// Most names are ASCII, and a catalog has thousands of them.
std::string normalize_ascii(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool blank = false;
  for (char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      blank = true;
      continue;
    }
    if (blank && !result.empty()) result += ' ';
    blank = false;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return result;
}

}  // namespace

std::string normalize_name(std::string_view text) {
  if (is_ascii(text)) return normalize_ascii(text);
  std::string folded = fold_case(trim(text)), result;
  bool blank = false;
  for (std::string_view rest = folded; !rest.empty();) {
    const auto [point, size] = front_point(rest);
    if (is_blank(point)) {
      blank = true;
    } else {
      if (blank && !result.empty()) result += ' ';
      blank = false;
      result += rest.substr(0, size);
    }
    rest.remove_prefix(size);
  }
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const auto [point, size] = front_point(rest);
    width += point < 0 ? 1 : std::max(0, utf8proc_charwidth(point));
    rest.remove_prefix(size);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::string_view rest = text; !rest.empty();) {
    const auto [point, size] = front_point(rest);
    if (point < 0) {
      result += "\\x" + hex(static_cast<unsigned char>(rest[0]), 2);
    } else if (is_hostile(point)) {
      result += point < 0x80 ? "\\x" + hex(static_cast<std::uint32_t>(point), 2)
                             : "\\u{" + hex(static_cast<std::uint32_t>(point), 4) + "}";
    } else {
      result += rest.substr(0, size);
    }
    rest.remove_prefix(size);
  }
  return result;
}

bool glob_match(std::string_view pattern, std::string_view text) {
  return glob_match_folded(fold_case(pattern), fold_case(text));
}

bool glob_match_folded(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      t += pattern[p] == '?' ? front_point(text.substr(t)).second : 1;
      ++p;
    } else if (star != std::string::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

namespace {

/// How many bytes must be put in, taken out or changed to turn one word into others. Words of up to 64 bytes are
/// compared a column of the table at a time, its differences as bits of one number (Myers 1999): a store has as many
/// names as users.
class EditDistance {
 public:
  explicit EditDistance(std::string_view word) : word_(word) {
    if (word.size() > bits) return;
    for (std::size_t i = 0; i < word.size(); ++i) places_[static_cast<unsigned char>(word[i])] |= std::uint64_t{1} << i;
  }

  std::size_t to(std::string_view other) const {
    if (word_.empty()) return other.size();
    return word_.size() > bits ? by_table(other) : by_bits(other);
  }

 private:
  static constexpr std::size_t bits = 64;
  std::string_view word_;
  std::array<std::uint64_t, 256> places_{};  ///< of each byte in the word

  std::size_t by_bits(std::string_view other) const {
    const std::uint64_t last = std::uint64_t{1} << (word_.size() - 1);
    std::uint64_t more = ~std::uint64_t{0}, less = 0;  // than the cell above
    std::size_t distance = word_.size();
    for (const char c : other) {
      const std::uint64_t same = places_[static_cast<unsigned char>(c)], vertical = same | less;
      const std::uint64_t horizontal = (((same & more) + more) ^ more) | same;
      std::uint64_t right_more = less | ~(horizontal | more), right_less = more & horizontal;
      if ((right_more & last) != 0) ++distance;
      if ((right_less & last) != 0) --distance;
      right_more = right_more << 1 | 1;
      right_less <<= 1;
      more = right_less | ~(vertical | right_more);
      less = right_more & vertical;
    }
    return distance;
  }

  std::size_t by_table(std::string_view other) const {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word_.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        const std::size_t change = diagonal + (word_[i - 1] == other[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
      }
    }
    return row.back();
  }
};

}  // namespace

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 200;
  const std::string wanted = fold_case(word);
  if (wanted.size() > longest) return std::nullopt;
  const EditDistance distance_of_wanted(wanted);
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, wanted.size() / 3);
  std::string other;  // kept for its memory
  for (const std::string& candidate : candidates) {
    fold_case(candidate, other);
    if (other.size() > longest) continue;
    const bool prefix = wanted.size() >= 3 && other.starts_with(wanted);
    const std::size_t apart = std::max(wanted.size(), other.size()) - std::min(wanted.size(), other.size());
    if (!prefix && apart > best_distance) continue;
    const std::size_t distance = prefix ? 1 : distance_of_wanted.to(other);
    if (distance > best_distance || (best != nullptr && distance == best_distance && !(candidate < *best))) continue;
    best_distance = distance;
    best = &candidate;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) text += separator;
    text += part;
  }
  return text;
}

}  // namespace seatlint
