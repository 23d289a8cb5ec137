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
  std::unordered_map<std::string, std::size_t> numbers;
  std::string key;  // kept for its memory
  sweep(db, "line, products, group_products, state", "user_row", file, [&](const SweptRow& row) {
    const auto line = static_cast<std::uint64_t>(row.integer(0));
    if (std::find(without.begin(), without.end(), line) != without.end()) return;
    key.assign(row.bytes(1)).append(1, '\x1f').append(row.bytes(2));
    const auto [at, fresh] = numbers.try_emplace(key, found.size());
    if (fresh) found.push_back({std::string(row.bytes(1)), std::string(row.bytes(2)), {}});
    HeldNames& names = found[at->second];
    if (names.lines.size() >= most) return;
    const auto state = parse_account_state(row.bytes(3));
    if (state != AccountState::disabled && state != AccountState::deleted) names.lines.push_back(line);
  });
  return found;
}

}  // namespace seatlint
