// SPDX-License-Identifier: Apache-2.0
// Matching by plain backtracking over a handful of parts; texts are cut to a bound first, so it stays cheap.
#include "profile/pattern.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "profile/dates.hpp"

namespace seatlint::profile {
namespace {

constexpr std::size_t kLongest = 1024;

struct Part {
  enum class Kind { literal, any, take, digits, month_name };
  Kind kind = Kind::literal;
  char letter = '\0';
  std::size_t low = 0, high = 0;  ///< digits
  char field = '\0';              ///< y, m, d, n or e
};

Part named_part(std::string_view name) {
  using Kind = Part::Kind;
  if (name.empty()) return {Kind::take, '\0', 0, 0, '\0'};
  if (name == "yyyy") return {Kind::digits, '\0', 4, 4, 'y'};
  if (name == "yy") return {Kind::digits, '\0', 2, 2, 'y'};
  if (name == "MM") return {Kind::digits, '\0', 2, 2, 'm'};
  if (name == "M") return {Kind::digits, '\0', 1, 2, 'm'};
  if (name == "dd") return {Kind::digits, '\0', 2, 2, 'd'};
  if (name == "d") return {Kind::digits, '\0', 1, 2, 'd'};
  if (name == "n") return {Kind::digits, '\0', 1, 2, 'n'};
  if (name == "MMM") return {Kind::month_name, '\0', 3, 3, 'm'};
  if (name == "epoch_ms") return {Kind::digits, '\0', 13, 13, 'e'};
  return {Kind::any, '\0', 0, 0, '\0'};
}

std::vector<Part> compile(std::string_view pattern) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      parts.push_back({Part::Kind::any, '\0', 0, 0, '\0'});
    } else if (pattern[i] == '{' && pattern.find('}', i) != std::string_view::npos) {
      const auto end = pattern.find('}', i);
      parts.push_back(named_part(pattern.substr(i + 1, end - i - 1)));
      i = end;
    } else {
      parts.push_back({Part::Kind::literal, lower(pattern[i]), 0, 0, '\0'});
    }
  }
  return parts;
}

struct Span {
  std::size_t begin = 0, end = 0;
};

/// `spans` holds, per part, what it took. `steps` bounds the work on hostile input.
bool fits(const std::vector<Part>& parts, std::size_t part, std::string_view text, std::size_t at,
          std::vector<Span>& spans, int& steps) {
  if (--steps < 0) return false;
  if (part == parts.size()) return at == text.size();
  const Part& now = parts[part];
  std::size_t low = 1, high = 1;
  if (now.kind == Part::Kind::any) low = 0, high = text.size() - at;
  if (now.kind == Part::Kind::take) high = text.size() - at;
  if (now.kind == Part::Kind::digits || now.kind == Part::Kind::month_name) low = now.low, high = now.high;
  if (now.kind == Part::Kind::literal && (at >= text.size() || lower(text[at]) != now.letter)) return false;
  // A number is taken whole: neither begun nor left in the middle of its digits where a `*` stands beside it.
  const auto beside_any = [&](std::size_t other) {
    return other < parts.size() && parts[other].kind == Part::Kind::any;
  };
  const bool digits = now.kind == Part::Kind::digits;
  if (digits && at > 0 && is_digit(text[at - 1]) && beside_any(part - 1)) return false;
  for (std::size_t n = low; n <= high && at + n <= text.size(); ++n) {
    const auto piece = text.substr(at, n);
    if (digits && at + n < text.size() && is_digit(text[at + n]) && beside_any(part + 1)) continue;
    if (digits && !std::all_of(piece.begin(), piece.end(), is_digit)) return false;
    if (now.kind == Part::Kind::month_name && month_number(piece) == 0) return false;
    spans[part] = {at, at + n};
    if (fits(parts, part + 1, text, at + n, spans, steps)) return true;
  }
  return false;
}

bool match(const std::vector<Part>& parts, std::string_view text, std::vector<Span>& spans) {
  spans.assign(parts.size(), {});
  int steps = 200000;
  return text.size() <= kLongest && fits(parts, 0, text, 0, spans, steps);
}

/// Collects the parts of one date until it is whole.
struct Building {
  int year = -1;
  unsigned month = 0, day = 0;
  std::vector<unsigned> open;

  bool whole() const { return year >= 0 && ((month != 0 && day != 0) || open.size() == 2); }
  std::optional<Day> settle() const {
    if (open.size() != 2) return real_day(year, month, day);
    const auto a = real_day(year, open[0], open[1]), b = real_day(year, open[1], open[0]);
    if (a && b && *a != *b) return std::nullopt;
    return a ? a : b;
  }
};

}  // namespace

std::optional<std::string_view> capture(std::string_view pattern, std::string_view text) {
  const auto parts = compile(pattern);
  std::vector<Span> spans;
  if (!match(parts, text, spans)) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].kind == Part::Kind::take) return text.substr(spans[i].begin, spans[i].end - spans[i].begin);
  return text;
}

std::vector<NameDate> dates_in_name(std::string_view pattern, std::string_view name) {
  const auto parts = compile(pattern);
  std::vector<Span> spans;
  if (!match(parts, name, spans)) return {};
  std::vector<NameDate> out;
  Building building;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].field == '\0') continue;
    const auto piece = name.substr(spans[i].begin, spans[i].end - spans[i].begin);
    std::int64_t number = 0;
    for (const char c : piece) number = number * 10 + (c - '0');
    switch (parts[i].field) {
      case 'y':
        building.year = static_cast<int>(number) + (piece.size() == 2 ? 2000 : 0);
        break;
      case 'm':
        building.month = parts[i].kind == Part::Kind::month_name ? month_number(piece) : static_cast<unsigned>(number);
        break;
      case 'd':
        building.day = static_cast<unsigned>(number);
        break;
      case 'n':
        building.open.push_back(static_cast<unsigned>(number));
        break;
      default:
        out.push_back({std::nullopt, number / 1000});
        break;
    }
    if (!building.whole()) continue;
    const auto day = building.settle();
    if (!day) return {};
    out.push_back({day, std::nullopt});
    building = {};
  }
  return out;
}

}  // namespace seatlint::profile
