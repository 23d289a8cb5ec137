// SPDX-License-Identifier: Apache-2.0
// A catalog as bytes that are read back many times faster than its files: the built-in ones travel so.
#pragma once

#include <string>
#include <string_view>

#include "seatlint/catalog.hpp"

namespace seatlint {

/// With its lookup tables. Equal catalogs give equal bytes, which are for programs of the same build only.
std::string pack_catalog(Catalog catalog);
/// `bytes` must be what `pack_catalog` gave.
Catalog unpack_catalog(std::string_view bytes);

/// The built-in catalogs, read and indexed by the build.
std::string_view packed_catalogs();

}  // namespace seatlint
