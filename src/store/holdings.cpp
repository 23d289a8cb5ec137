// SPDX-License-Identifier: Apache-2.0
// Few combinations of products are held by many, so these are told apart before anybody looks for a name in them.
#include "store/holdings.hpp"

#include <algorithm>
#include <unordered_map>

#include "store/text_list.hpp"
#include "store/user_rows.hpp"

namespace seatlint {

std::vector<HeldNames> holdings_of(const Database& db, std::int64_t file, const std::vector<std::uint64_t>& without,
                                   std::size_t most) {
  std::vector<HeldNames> found;
  std::unordered_map<std::string, std::size_t> numbers;  // by both lists
  std::string both;
  const auto number_of = [&](const UserRow& row) {
    both.assign(1, row.has_products ? 'p' : 'n');
    for (const auto* list : {&row.products, &row.group_products}) {
      for (const std::string& name : *list) both.append(std::to_string(name.size())).append(1, ' ').append(name);
      both += ';';
    }
    const auto [at, fresh] = numbers.try_emplace(both, found.size());
    if (fresh)
      found.push_back({row.has_products ? list_of(row.products) : std::string(),
                       row.group_products.empty() ? std::string() : list_of(row.group_products),
                       {}});
    return at->second;
  };
  each_user_row(db, file, user_part::holdings, [&](const UserRow& row, std::uint64_t line) {
    if (std::find(without.begin(), without.end(), line) != without.end()) return true;
    HeldNames& names = found[number_of(row)];
    if (names.lines.size() < most && row.state != AccountState::disabled && row.state != AccountState::deleted)
      names.lines.push_back(line);
    return true;
  });
  return found;
}

}  // namespace seatlint
