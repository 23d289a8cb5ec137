// SPDX-License-Identifier: Apache-2.0
// See import_limits.hpp.
#include "commands/import_limits.hpp"

#include <fmt/core.h>

#include <charconv>
#include <utility>

namespace seatlint {

DayRange parse_period(const std::string& text) {
  const auto dots = text.find("..");
  const auto first = parse_day(text.substr(0, dots));
  const auto last = dots == std::string::npos ? std::nullopt : parse_day(text.substr(dots + 2));
  if (!first || !last || *last < *first)
    throw Error(fmt::format("--covers wants FIRST..LAST like 2026-07-01..2026-09-30, not \"{}\"", text));
  return {*first, *last};
}

RejectLimit parse_limit(std::string text) {
  const std::string given = text;
  RejectLimit limit;
  if (text.ends_with('%')) limit.percent = true, text.pop_back();
  const bool digits = !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) throw Error(fmt::format("--max-rejects wants a number or a percentage, not \"{}\"", given));
  limit.number = std::stoull(text);
  return limit;
}

std::size_t parse_memory(const std::string& text) {
  constexpr std::size_t least = 16u << 20, most = std::size_t{1} << 40;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string unit = fold_case({end, static_cast<std::size_t>(text.data() + text.size() - end)});
  const unsigned shift = unit == "k" || unit == "kib"   ? 10
                         : unit == "m" || unit == "mib" ? 20
                         : unit == "g" || unit == "gib" ? 30
                                                        : 0;
  if (error != std::errc() || shift == 0 || number > (most >> shift) || number << shift < least)
    throw Error(fmt::format("--memory wants a size from 16M on, such as 256M or 1G, not \"{}\"", text));
  return number << shift;
}

char parse_delimiter(const std::string& text) {
  if (text.size() == 1) return text.front();
  for (const auto& [name, character] : {std::pair("tab", '\t'), std::pair("\\t", '\t'), std::pair("comma", ','),
                                        std::pair("semicolon", ';'), std::pair("pipe", '|')})
    if (text == name) return character;
  throw Error(fmt::format("--delimiter wants one character, or tab, comma, semicolon, pipe, not \"{}\"", text));
}

}  // namespace seatlint
