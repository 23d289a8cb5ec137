// SPDX-License-Identifier: Apache-2.0
// Text as a TOML string, for the commands that write policies and profiles to start from.
#pragma once

#include <string>
#include <string_view>

namespace seatlint {

/// In double quotes, with what TOML forbids in them escaped.
std::string toml_text(std::string_view text);

}  // namespace seatlint
