// SPDX-License-Identifier: Apache-2.0
// The element a fleet's signed index names.
#pragma once

#include <cstddef>
#include <vector>

namespace seatlint {

/// `index` must not be negative.
template <typename T>
const T& at(const std::vector<T>& values, int index) {
  return values[static_cast<std::size_t>(index)];
}

}  // namespace seatlint
