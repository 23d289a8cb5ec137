// SPDX-License-Identifier: Apache-2.0
// Findings as build servers show them: a sentence, a place in a file, a stable mark. Shared by the formats for CI.
#pragma once

#include <string>
#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

struct Place {
  std::string file;
  std::uint64_t line = 1;
};
/// The first record that proves the finding; without one the policy, else the first file read.
Place place_of(const Report& report, const Finding& finding);
/// The policy, else the first file read: where a reader looks for what broke a limit.
Place place_of_limits(const Report& report);

/// "ana@example.com, Sales Enterprise: last human activity ...", safe to print.
std::string sentence_of(const Finding& finding);
/// The findings that count: not waived and, where the report looks back, new. In the order of the report.
std::vector<const Finding*> counting(const Report& report);
/// Most severe first, the report's order among equals.
std::vector<const Finding*> worst_first(const Report& report);
/// 64 hexadecimal digits of rule, org, account, product and reason.
std::string fingerprint(const Finding& finding);

/// Safe inside XML and HTML, as text and in quoted attributes.
std::string markup_text(std::string_view text);

}  // namespace seatlint
