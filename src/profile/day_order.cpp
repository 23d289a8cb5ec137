// SPDX-License-Identifier: Apache-2.0
// A wrong order makes somebody idle who is not: without proof the file is refused.
#include "profile/day_order.hpp"

#include <fmt/core.h>

namespace seatlint::profile {

void OrderEvidence::see(std::string_view text, std::uint64_t line) {
  const auto date = open_date(text);
  if (!date) return;
  const auto keep = [&](Example& example) {
    if (example.line == 0) example = {std::string(text), line};
  };
  if (date->first > 12 && date->second > 12) return;
  // With a year of two digits a large first number may be the year as well.
  if (date->first > 12 && date->short_year && !date->dotted) return;
  if (date->first > 12)
    keep(day_first_);
  else if (date->second > 12)
    keep(month_first_);
  else if (date->first != date->second)
    keep(open_), dotted_ = dotted_ && date->dotted;
}

std::optional<DayOrder> OrderEvidence::proven() const {
  if (day_first_.line != 0 && month_first_.line != 0)
    throw Error(
        fmt::format("\"{}\" mixes day and month: {} on line {} has the day first, {} on line {} the month; "
                    "export the file again from its source",
                    column_, day_first_.text, day_first_.line, month_first_.text, month_first_.line));
  if (day_first_.line != 0) return DayOrder::dmy;
  if (month_first_.line != 0) return DayOrder::mdy;
  return std::nullopt;
}

std::string OrderEvidence::sentence(DayOrder order, bool usual) const {
  const Example& proof = order == DayOrder::dmy ? day_first_ : month_first_;
  if (usual)
    return fmt::format("{} in \"{}\", as this export is usually written (no value of the file decides)",
                       to_string(order), column_);
  if (proof.line == 0) return fmt::format("{} in \"{}\", as elsewhere in the file", to_string(order), column_);
  return fmt::format("{} in \"{}\" ({} on line {} decides)", to_string(order), column_, proof.text, proof.line);
}

void OrderEvidence::refuse() const {
  throw Error(
      fmt::format("\"{}\": {} on line {} can be read with the day or the month first, and no value of the file "
                  "decides; use a profile with order = \"dmy\" or \"mdy\" under [dates], or export a longer "
                  "period",
                  column_, open_.text, open_.line));
}

}  // namespace seatlint::profile
