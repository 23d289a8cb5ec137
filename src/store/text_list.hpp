// SPDX-License-Identifier: Apache-2.0
// Lists of texts as one text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seatlint {

/// A JSON array of texts; empty for an empty text, as of NULL. Throws Error where it is damaged.
std::vector<std::string> texts_of(std::string_view json);
/// As a JSON array; what is no UTF-8 in them is replaced.
std::string list_of(const std::vector<std::string>& texts);

}  // namespace seatlint
