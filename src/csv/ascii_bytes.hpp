// SPDX-License-Identifier: Apache-2.0
// Most text is ASCII, whatever it is declared to be: that much of it is passed over at a glance.
#pragma once

#include <cstddef>
#include <string_view>

namespace seatlint::csv {

/// How many bytes at the front are ASCII and no NUL byte. Fewer than 64 bytes more at the end of the text may be so.
std::size_t ascii_bytes(std::string_view text);
/// The same without vectors: what tests compare with.
std::size_t ascii_bytes_plainly(std::string_view text);

}  // namespace seatlint::csv
