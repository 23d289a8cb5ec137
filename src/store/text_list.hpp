// SPDX-License-Identifier: Apache-2.0
// Lists of texts as the store keeps them in one column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seatlint {

/// A JSON array of texts; empty for an empty text, as of NULL. Throws Error where it is damaged.
std::vector<std::string> texts_of(std::string_view json);

}  // namespace seatlint
