// SPDX-License-Identifier: Apache-2.0
// The verdicts of one audit as a text in which seats are numbers: equal audits have equal texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "seatlint/base.hpp"

namespace seatlint {

/// What an audit said of a seat; all amounts a month. Views and pointers are somebody else's.
struct SeatVerdict {
  std::string_view verdict;
  bool waived = false;
  const Money* cost = nullptr;    ///< nullptr: not known
  const Money* saving = nullptr;  ///< nullptr: none
};

/// A text is a line for each distinct verdict, "<verdict> <cost> <saving>[ waived]" with amounts as minor units and
/// currency or "-", an empty line, and then a word a seat: the number of its verdict's line, from 0. A seat whose
/// number is not one more than that of the seat before has "@<number>" in front of it.
/// `numbers` of seats in their order; `verdict` of each of them is asked for by all processors.
std::string verdict_text(std::span<const std::int64_t> numbers, const std::function<SeatVerdict(std::size_t)>& verdict);

/// Visits the seats of a text in its order. Throws Error where it is damaged.
void each_verdict(std::string_view text, const std::function<void(std::int64_t seat, const SeatVerdict&)>& visit);

}  // namespace seatlint
