// SPDX-License-Identifier: Apache-2.0
// The parts of reading a profile, each one table of the file.
#pragma once

#include <string>

#include "profile/rules.hpp"
#include "profile/toml_tree.hpp"

namespace seatlint::profile {

/// `[columns]`: only fields the kind knows.
void parse_columns(const TomlNode& table, RecordKind kind, const std::string& origin, Profile::Rules& rules);
/// `[rows]`.
void parse_rows(const TomlNode& table, const std::string& origin, Profile::Rules& rules);
/// A column name, a table, or a list of these.
Field parse_field(const TomlNode& node, const std::string& origin, const std::string& name);
/// Field names a kind knows, sorted.
const std::vector<std::string>& known_fields(RecordKind kind);
KeyForm parse_key_form(const TomlNode& node, const std::string& origin);

}  // namespace seatlint::profile
