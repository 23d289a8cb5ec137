// SPDX-License-Identifier: Apache-2.0
// Tells what is no CSV at all, so that a workbook or a web page is refused with advice and not read as garbage.
#pragma once

#include <string_view>

namespace seatlint::csv {

/// Throws Error naming what `bytes` (the first of the raw input) are and what to do, where they are a known format.
void refuse_binary(std::string_view bytes, std::string_view name);
/// The same for decoded text that is no table: HTML, XML, JSON, or bytes without meaning.
void refuse_no_table(std::string_view text, std::string_view name);

}  // namespace seatlint::csv
