// SPDX-License-Identifier: Apache-2.0
// The catalogs that travel in the binary: as text, which audits keep, and packed, since every command begins with them.
#include <fmt/core.h>

#include <charconv>

#include "catalog/catalog_pack.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/embedded.hpp"

namespace seatlint {

Catalog builtin_catalog() { return unpack_catalog(packed_catalogs()); }

std::string builtin_catalog_text() {
  std::string text;
  for (const EmbeddedFile& file : embedded_files())
    if (file.folder == "catalogs") text += fmt::format("{} {}\n{}", file.name, file.text.size(), file.text);
  return text;
}

Catalog catalog_of_text(std::string_view text) {
  Catalog catalog;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view head = text.substr(0, end);
    const auto blank = head.rfind(' ');
    std::size_t size = 0;
    if (end == std::string_view::npos || blank == std::string_view::npos ||
        std::from_chars(head.data() + blank + 1, head.data() + head.size(), size).ec != std::errc() ||
        size > text.size() - end - 1)
      throw Error("the catalogs that an audit kept can't be read: the store is damaged");
    add_catalog(catalog, text.substr(end + 1, size), "catalogs/" + std::string(head.substr(0, blank)));
    text.remove_prefix(end + 1 + size);
  }
  catalog.index();
  return catalog;
}

}  // namespace seatlint
