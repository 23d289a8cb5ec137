// SPDX-License-Identifier: Apache-2.0
// The same report without its persons: with pseudonyms in their place, or with nothing but figures about groups.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/pseudonyms.hpp"
#include "report/scrubber.hpp"
#include "seatlint/fleet.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

class Mask {
 public:
  /// Learns every identity of the fleet and of its policy's exceptions. Without pseudonyms a person is "(hidden)".
  Mask(const Fleet& fleet, std::optional<Pseudonyms> pseudonyms);

  /// What stands for an identity; nothing for nothing.
  std::string stand_in(std::string_view identity) const;
  std::string scrubbed(std::string_view text) const { return scrub_(text); }
  /// `group_by` is what figures about groups are to be told apart by, where names are hidden.
  Report masked(const Report& report, Names names, std::string_view group_by = {}) const;
  /// Replaces what names the fleet's persons, for commands that print accounts.
  void mask_accounts(Fleet& fleet) const;

 private:
  void learn(std::string_view identity);
  Finding masked(Finding finding) const;
  void mask_texts(Report& report) const;
  std::optional<Pseudonyms> pseudonyms_;
  int min_group_;
  Scrubber scrub_;
};

/// Leaves nothing but figures about groups: each is a multiple of `min_group`, so that neither a figure nor the
/// difference of two reports points at fewer. What is lost by rounding down is counted as withheld, and the money
/// still adds up. The findings must have their names masked.
void hide_persons(Report& report, int min_group, std::string_view group_by);

}  // namespace seatlint
