// SPDX-License-Identifier: Apache-2.0
// The catalogs that travel in the binary: as text, which audits keep, and packed, since every command begins with them.
#include <fmt/core.h>

#include <charconv>

#include "catalog/catalog_file.hpp"
#include "catalog/toml_pack.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/embedded.hpp"

namespace seatlint {
namespace {

std::string origin_of(std::string_view name) { return "catalogs/" + std::string(name); }

}  // namespace

const Catalog& builtin_catalog() {
  static const Catalog catalog = [] {
    Catalog read;
    for (const EmbeddedFile& file : embedded_files())
      if (file.folder == "catalogs") add_catalog(read, unpack_toml(packed_catalog(file.name)), origin_of(file.name));
    read.index();
    return read;
  }();
  return catalog;
}

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
    add_catalog(catalog, text.substr(end + 1, size), origin_of(head.substr(0, blank)));
    text.remove_prefix(end + 1 + size);
  }
  catalog.index();
  return catalog;
}

}  // namespace seatlint
