// SPDX-License-Identifier: Apache-2.0
// A first profile for a layout nobody has described yet, guessed from its header and its first rows.
#pragma once

#include <optional>
#include <string>

#include "seatlint/csv.hpp"

namespace seatlint {

struct ProfileDraft {
  std::string toml;
  std::size_t columns = 0;
};
/// nullopt when there is no header to guess from.
std::optional<ProfileDraft> draft_profile(csv::Reader& reader);

}  // namespace seatlint
