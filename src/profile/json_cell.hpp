// SPDX-License-Identifier: Apache-2.0
// The few values a profile wants from a JSON cell, without building the whole document: audit logs carry one a row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seatlint::profile {

/// A path of keys and where its value goes.
struct JsonWish {
  std::vector<std::string> path;
  std::string value;  ///< strings unescaped; numbers and literals as written; null and containers empty
  bool found = false;
};

/// Fills the wishes from one strict JSON document (the first value of a repeated key counts).
/// False when the text is no JSON.
bool read_json(std::string_view text, std::vector<JsonWish>& wishes);

/// The items of a JSON array of strings and numbers; nullopt when it is none.
std::optional<std::vector<std::string>> read_json_list(std::string_view text);

}  // namespace seatlint::profile
