// SPDX-License-Identifier: Apache-2.0
// The element a fleet's signed index names.
#pragma once

#include <cstddef>

namespace seatlint {

/// `index` must not be negative.
template <typename List>
const auto& at(const List& values, int index) {
  return values[static_cast<std::size_t>(index)];
}

}  // namespace seatlint
