// SPDX-License-Identifier: Apache-2.0
// Encodings that need no byte beyond ASCII, or no valid UTF-8, to be told: wide text without a mark, and seven-bit
// ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace seatlint::csv {

/// UTF-16 or UTF-32 without a mark, by where the zero bytes stand and what the units spell; empty: neither.
std::string wide_without_mark(std::string_view sample, bool complete);

/// ISO-2022 and HZ, by their shift sequences; empty: none.
std::string escaped_encoding(std::string_view sample);

/// UTF-7 is plain ASCII to look at. `perhaps`: one hidden letter, as `+API` may be.
enum class Utf7 { no, perhaps, yes };
Utf7 look_for_utf7(std::string_view sample);

/// Coarse scripts of UTF-16 units; 0 for signs any script uses, -1 for what no export is written in.
int script_of(std::uint32_t unit);

}  // namespace seatlint::csv
