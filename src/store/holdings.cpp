// SPDX-License-Identifier: Apache-2.0
// Few combinations of products are held by many, so these are told apart before anybody looks for a name in them.
#include "store/holdings.hpp"

#include <algorithm>
#include <unordered_map>

#include "seatlint/facts.hpp"
#include "store/sweep.hpp"

namespace seatlint {

std::vector<HeldNames> holdings_of(const Database& db, std::int64_t file, const std::vector<std::uint64_t>& without,
                                   std::size_t most) {
  std::vector<HeldNames> found;
  std::unordered_multimap<std::uint64_t, std::size_t> numbers;  // by hash of both lists
  const auto number_of = [&](std::string_view direct, std::string_view by_group) {
    const std::uint64_t hash = hash64(direct) + 3 * hash64(by_group);
    const auto [first, last] = numbers.equal_range(hash);
    for (auto at = first; at != last; ++at)
      if (found[at->second].direct == direct && found[at->second].by_group == by_group) return at->second;
    numbers.emplace(hash, found.size());
    found.push_back({std::string(direct), std::string(by_group), {}});
    return found.size() - 1;
  };
  sweep(db, "line, products, group_products, state", "user_row", file, [&](const SweptRow& row) {
    const auto line = static_cast<std::uint64_t>(row.integer(0));
    if (std::find(without.begin(), without.end(), line) != without.end()) return;
    HeldNames& names = found[number_of(row.bytes(1), row.bytes(2))];
    if (names.lines.size() >= most) return;
    const auto state = parse_account_state(row.bytes(3));
    if (state != AccountState::disabled && state != AccountState::deleted) names.lines.push_back(line);
  });
  return found;
}

}  // namespace seatlint
