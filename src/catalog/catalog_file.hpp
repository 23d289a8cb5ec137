// SPDX-License-Identifier: Apache-2.0
// A catalog file that was parsed, into the catalog.
#pragma once

#include <string>

#include "catalog/toml_reader.hpp"
#include "seatlint/catalog.hpp"

namespace seatlint {

/// Throws Error where keys or values are wrong, naming file, line and column.
void add_catalog(Catalog& catalog, const TomlValue& file, const std::string& origin);

}  // namespace seatlint
