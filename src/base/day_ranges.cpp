// SPDX-License-Identifier: Apache-2.0
// Sets of days as sorted runs: union, difference and text.
#include "base/day_ranges.hpp"

#include <algorithm>

namespace seatlint {

DayRanges united(DayRanges ranges) {
  std::erase_if(ranges, [](const DayRange& range) { return range.last < range.first; });
  std::sort(ranges.begin(), ranges.end(), [](const DayRange& a, const DayRange& b) { return a.first < b.first; });
  DayRanges out;
  for (const DayRange& range : ranges) {
    if (!out.empty() && range.first <= out.back().last + 1) {
      out.back().last = std::max(out.back().last, range.last);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

DayRanges without(const DayRanges& from, const DayRanges& away) {
  DayRanges out;
  for (DayRange rest : from) {
    for (const DayRange& hole : away) {
      if (hole.last < rest.first || rest.last < hole.first) continue;
      if (rest.first < hole.first) out.push_back({rest.first, hole.first - 1});
      rest.first = hole.last + 1;
    }
    if (rest.first <= rest.last) out.push_back(rest);
  }
  return out;
}

bool touches(const DayRanges& ranges, DayRange range) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const DayRange& each) { return each.first <= range.last && range.first <= each.last; });
}

bool has_all(const DayRanges& ranges, DayRange range) {
  return range.last < range.first || std::any_of(ranges.begin(), ranges.end(), [&](const DayRange& each) {
           return each.first <= range.first && range.last <= each.last;
         });
}

std::string to_string(const DayRanges& ranges) {
  std::string text;
  for (const DayRange& range : ranges) {
    if (!text.empty()) text += ", ";
    text += to_string(range.first);
    if (range.first < range.last) text += ".." + to_string(range.last);
  }
  return text;
}

}  // namespace seatlint
