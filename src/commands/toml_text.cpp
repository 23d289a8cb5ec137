// SPDX-License-Identifier: Apache-2.0
// Quotes names and cells, which come from files and may hold anything.
#include "commands/toml_text.hpp"

#include <fmt/core.h>

namespace seatlint {

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace seatlint
