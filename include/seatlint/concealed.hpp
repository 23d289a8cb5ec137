// SPDX-License-Identifier: Apache-2.0
// The word between the room that skips rows whose names a vendor has hidden and the one that reports them.
#pragma once

#include <string_view>

namespace seatlint {

/// Why such a row is skipped: it can never join.
inline constexpr std::string_view concealed_reason = "concealed name";

}  // namespace seatlint
