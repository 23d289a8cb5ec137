// SPDX-License-Identifier: Apache-2.0
// See seats.hpp. Counted first, so that each account knows where its seats go.
#include "fleet/seats.hpp"

#include <algorithm>

#include "base/reserve_touched.hpp"

namespace seatlint {
namespace {

class SeatBuilder {
 public:
  SeatBuilder(Fleet& fleet, const Owners& owners, ProductTable& products, const GrantedRights& rights)
      : fleet_(fleet), owners_(owners), rights_(rights) {
    for (std::size_t i = 0; i < fleet.products.size(); ++i) {
      const auto number = static_cast<std::size_t>(products.number(fleet.products[i].id));
      if (number >= index_of_.size()) index_of_.resize(number + 1, -1);
      index_of_[number] = static_cast<int>(i);
    }
  }

  void build() {
    const std::size_t count = fleet_.accounts.size();
    std::vector<std::uint32_t> starts;  // of each account's seats
    reserve_touched(starts, count + 1);
    starts.resize(count + 1, 0);
    in_pieces(count, fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t i = first; i < last; ++i)
        for (const Holding& holding : owners_[i].holdings)
          starts[i + 1] += static_cast<std::uint32_t>(seats_of(fleet_.accounts[i], holding));
    });
    for (std::size_t i = 0; i < count; ++i) starts[i + 1] += starts[i];
    reserve_touched(fleet_.seats, starts.back());
    fleet_.seats.resize(starts.back());
    std::vector<std::shared_ptr<Arena>> memory(part_count(count, fewest_accounts));
    for (auto& own : memory) own = fleet_.memory.emplace_back(std::make_shared<Arena>());
    in_pieces(count, fewest_accounts, [&](std::size_t first, std::size_t last, std::size_t part) {
      for (std::size_t i = first; i < last; ++i) {
        fleet_.accounts[i].seats = {static_cast<int>(starts[i]), static_cast<int>(starts[i + 1])};
        fill_seats(static_cast<int>(i), starts[i], *memory[part]);
      }
    });
  }

 private:
  Fleet& fleet_;
  const Owners& owners_;
  const GrantedRights& rights_;
  std::vector<int> index_of_;  ///< into Fleet::products, by number of the product

  const Product* known(const Holding& holding) const {
    return fleet_.products[static_cast<std::size_t>(index_of_[static_cast<std::size_t>(holding.product)])].known;
  }

  int seats_of(const Account& account, const Holding& holding) const {
    if (released(*fleet_.catalog, account.vendor, known(holding), account.state)) return 0;
    return holding.direct + holding.by_group;
  }

  void fill_seats(int index, std::size_t at, Arena& memory) {
    const Account& account = fleet_.accounts[static_cast<std::size_t>(index)];
    const AccountNode& node = owners_[static_cast<std::size_t>(index)];
    for (const Holding& holding : node.holdings) {
      const int seats = seats_of(account, holding);
      for (int copy = 0; copy < seats; ++copy) {
        Seat& seat = fleet_.seats[at++];
        seat.account = index;
        seat.org = account.org;
        seat.product = index_of_[static_cast<std::size_t>(holding.product)];
        seat.by_group = copy >= holding.direct;
        seat.first_seen = holding.first_seen;
        seat.assumed = holding.assumed;
        const Product* product = known(holding);
        const SeatMore more{holding.evidence, product == nullptr
                                                  ? RecordPlace()
                                                  : rights_.without_need_of(*product, account, node.licenses())};
        const bool usual = more.evidence.says.empty() && more.left_behind.file < 0 && more.evidence == account.row;
        if (!usual) seat.told_more = new (memory.room<SeatMore>(1)) SeatMore(more);
      }
    }
  }
};

}  // namespace

bool released(const Catalog& catalog, std::string_view vendor, const Product* product, AccountState state) {
  if (state == AccountState::active || state == AccountState::frozen) return false;
  const auto frees = [&](const Product& one) {
    return std::find(one.released_by.begin(), one.released_by.end(), state) != one.released_by.end();
  };
  if (product != nullptr) return frees(*product);
  bool any = false;
  for (const Product& one : catalog.products) {
    if (one.vendor != vendor || one.kind != ProductKind::base || one.from_policy) continue;
    if (!frees(one)) return false;
    any = true;
  }
  return any;
}

void add_seats(Fleet& fleet, const Owners& owners, ProductTable& products, const GrantedRights& rights) {
  SeatBuilder(fleet, owners, products, rights).build();
}

}  // namespace seatlint
