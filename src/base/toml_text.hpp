// SPDX-License-Identifier: Apache-2.0
// What must hold of a text before toml++ 3.3 may see it.
#pragma once

#include <string>
#include <string_view>

namespace seatlint {

/// Throws Error, with line and column, at the first character beyond ASCII that stands outside of strings and comments,
/// or first behind a backslash that ends a line: TOML 1.0 has no place for the former, and where toml++ 3.3 looks for
/// blanks such a character is undefined behavior (its table of blanks has holes).
void refuse_unquoted_letters(std::string_view toml, const std::string& origin);

}  // namespace seatlint
