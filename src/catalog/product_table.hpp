// SPDX-License-Identifier: Apache-2.0
// [[product]] and [[feature]] tables, read the same way from a catalog and from the policy: only the keys given
// change the value, so a policy can correct one field of a product it did not write.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/toml_reader.hpp"
#include "seatlint/catalog.hpp"

namespace seatlint {

/// Named verb lists: `verb = ["@write", "merge"]`.
using VerbSets = std::map<std::string, std::vector<std::string>>;

/// `vendor.product`, both in lower case letters, digits and inner dashes.
bool is_product_id(std::string_view id);

/// Verb patterns with each `@name` replaced by its list; `key` is where a mistake is noted.
std::vector<std::string> expand_verbs(TomlTable& table, std::string_view key, const std::vector<std::string>& written,
                                      const VerbSets& sets);
/// Reads every key but `id`; `currency` is that of amounts written without one.
void read_product(TomlTable& table, Product& product, std::string_view currency);
/// Appends the patterns of `match` and reads `name`; `id` and `vendor` are the caller's.
void read_feature(TomlTable& table, Feature& feature, const VerbSets& verbs);

}  // namespace seatlint
