// SPDX-License-Identifier: Apache-2.0
// TOML values as bytes that are read back many times faster than their text: the built-in catalogs travel so.
#pragma once

#include <string>
#include <string_view>

#include "catalog/toml_reader.hpp"

namespace seatlint {

/// With keys, places and order. The bytes are for programs of the same build only.
std::string pack_toml(const TomlValue& value);
/// `bytes` must be what `pack_toml` gave.
TomlValue unpack_toml(std::string_view bytes);

/// The packed form of a built-in catalog, by its file name ("generic.toml"); made by the build from its text.
std::string_view packed_catalog(std::string_view name);

}  // namespace seatlint
