// SPDX-License-Identifier: Apache-2.0
// Makes findings where they stay, on all processors.
#include "base/in_parallel.hpp"
#include "base/reserve_touched.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

void FindingList::make_all() const {
  constexpr std::size_t fewest = 1000;  // for which a thread is worth its while
  if (!make_) return;
  reserve_touched(made_, count_);
  made_.resize(count_);
  in_pieces(count_, fewest, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) make_(i, made_[i]);
  });
  make_ = nullptr;
}

}  // namespace seatlint
