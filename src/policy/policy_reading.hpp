// SPDX-License-Identifier: Apache-2.0
// What the readers of the policy's tables share: the policy being filled, the catalog it corrects, and where messages
// go.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/toml_reader.hpp"
#include "seatlint/catalog.hpp"
#include "seatlint/policy.hpp"

namespace seatlint {

struct PolicyReading {
  Policy& policy;
  Catalog& catalog;
  const std::vector<std::string>& known_rules;
  std::string file;  ///< name without directories, for origins

  void warn(std::uint32_t line, std::string says);
  /// Warns when `id` is no feature of any catalog.
  void expect_feature(std::uint32_t line, std::string_view id, std::string_view where);
  /// The catalog's id for a product as written, or what was written, with a warning.
  std::string expect_product(std::uint32_t line, const std::string& written, std::string_view where);
  /// Notes an error at `key` when `name` is no rule or family; an empty list of known rules knows them all.
  void expect_rule(TomlTable& table, std::string_view key, const std::string& name, bool star);
  std::string origin(std::uint32_t line) const;
  /// Remembers the line of each of `keys` that is present, as prefix + key.
  void note_lines(const TomlTable& table, std::string_view prefix, const std::vector<std::string>& keys);
};

void read_audit(PolicyReading& reading, TomlTable& root);
void read_products(PolicyReading& reading, TomlTable& root);
void read_features(PolicyReading& reading, TomlTable& root);
void read_contracts(PolicyReading& reading, TomlTable& root);
void read_budget(PolicyReading& reading, TomlTable& root);
void read_assumptions(PolicyReading& reading, TomlTable& root);
void read_roles(PolicyReading& reading, TomlTable& root);
void read_classes(PolicyReading& reading, TomlTable& root);
void read_reserves(PolicyReading& reading, TomlTable& root);
void read_waivers(PolicyReading& reading, TomlTable& root);
void read_privacy(PolicyReading& reading, TomlTable& root);

/// `3 months`, `13mo`, `90 days`: a count from 1 on and a unit of days, weeks, months or years.
bool is_period(std::string_view text);

}  // namespace seatlint
