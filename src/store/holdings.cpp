// SPDX-License-Identifier: Apache-2.0
// Few combinations of products are held by many, so these are told apart before anybody looks for a name in them.
#include "store/holdings.hpp"

#include "seatlint/facts.hpp"

namespace seatlint {
namespace {

std::string as_json(const std::vector<std::uint64_t>& lines) {
  std::string text;
  for (const std::uint64_t line : lines) text += (text.empty() ? "" : ",") + std::to_string(line);
  return "[" + text + "]";
}

void bind_or_null(Statement& row, int index, const std::optional<std::string>& text) {
  if (text) {
    row.bind(index, std::string_view(*text));
  } else {
    row.bind_null(index);
  }
}

}  // namespace

std::vector<HeldNames> holdings_of(const Database& db, std::int64_t file, const std::vector<std::uint64_t>& without) {
  Statement row = db.prepare(
      "SELECT DISTINCT products, group_products FROM user_row "
      "WHERE file_id = ?1 AND line NOT IN (SELECT value FROM json_each(?2))");
  const std::string skipped = as_json(without);
  row.bind(1, file).bind(2, std::string_view(skipped));
  const auto text = [&](int at) { return row.is_null(at) ? std::nullopt : std::optional(std::string(row.text(at))); };
  std::vector<HeldNames> found;
  while (row.step()) found.push_back({text(0), text(1)});
  return found;
}

std::vector<std::uint64_t> lines_holding(const Database& db, std::int64_t file, const HeldNames& names,
                                         const std::vector<std::uint64_t>& without, int most) {
  Statement row = db.prepare(
      "SELECT line FROM user_row WHERE file_id = ?1 AND products IS ?2 AND group_products IS ?3 "
      "AND ifnull(state, ?4) IN (?4, ?5) AND line NOT IN (SELECT value FROM json_each(?6)) LIMIT ?7");
  const std::string skipped = as_json(without);
  row.bind(1, file);
  bind_or_null(row, 2, names.direct);
  bind_or_null(row, 3, names.by_group);
  row.bind(4, to_string(AccountState::active)).bind(5, to_string(AccountState::frozen));
  row.bind(6, std::string_view(skipped)).bind(7, std::int64_t{most});
  std::vector<std::uint64_t> lines;
  while (row.step()) lines.push_back(static_cast<std::uint64_t>(row.integer(0)));
  return lines;
}

}  // namespace seatlint
