// SPDX-License-Identifier: Apache-2.0
// The verdicts of one audit as a text in which seats are numbers: equal audits have equal texts.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

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
class VerdictTextWriter {
 public:
  /// `seats`: how many are expected, at least; fewer will do.
  explicit VerdictTextWriter(std::size_t seats = 0) { seats_.reserve(seats * usual_bytes); }
  void add(std::int64_t seat, const SeatVerdict& verdict);
  std::string text() const;

 private:
  static constexpr std::size_t usual_bytes = 2;  ///< of a seat

  using Amount = std::pair<std::int64_t, std::string_view>;
  using Outcome = std::tuple<std::string_view, bool, std::optional<Amount>, std::optional<Amount>>;
  using Numbers = std::map<Outcome, std::size_t>;
  static std::optional<Amount> amount(const Money* money);
  std::size_t number_of(const Outcome& outcome);

  Numbers numbers_;
  std::array<Numbers::const_pointer, 64>
      recent_{};  ///< the latest of those that share a place: most are asked for often
  std::string outcomes_, seats_;
  std::int64_t last_seat_ = 0;
};

/// Visits the seats of a text in its order. Throws Error where it is damaged.
void each_verdict(std::string_view text, const std::function<void(std::int64_t seat, const SeatVerdict&)>& visit);

}  // namespace seatlint
