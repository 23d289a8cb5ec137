// SPDX-License-Identifier: Apache-2.0
// The words reports use for severities and families: one spelling for every format and for the command line.
#include <array>

#include "seatlint/report.hpp"

namespace seatlint {
namespace {

constexpr std::array<std::string_view, 5> severities{"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> names_modes{"show", "pseudonym", "hide"};
constexpr std::array<std::string_view, 6> families{"none", "idle", "overprovisioned", "mistiered", "access", "data"};

}  // namespace

std::string_view to_string(Severity severity) { return severities.at(static_cast<std::size_t>(severity)); }

std::optional<Severity> parse_severity(std::string_view text) {
  for (std::size_t i = 0; i < severities.size(); ++i)
    if (severities[i] == text) return static_cast<Severity>(i);
  return std::nullopt;
}

std::string_view to_string(Names names) { return names_modes.at(static_cast<std::size_t>(names)); }

std::optional<Names> parse_names(std::string_view text) {
  for (std::size_t i = 0; i < names_modes.size(); ++i)
    if (names_modes[i] == text) return static_cast<Names>(i);
  return std::nullopt;
}

std::string_view to_string(Family family) { return families.at(static_cast<std::size_t>(family)); }

}  // namespace seatlint
