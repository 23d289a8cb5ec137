// SPDX-License-Identifier: Apache-2.0
// Only what is escaped needs the library: every user has several of these.
#include "store/text_list.hpp"

#include <nlohmann/json.hpp>

#include "seatlint/base.hpp"

namespace seatlint {

std::vector<std::string> texts_of(std::string_view json) {
  if (json.find('\\') != std::string_view::npos) return nlohmann::json::parse(json).get<std::vector<std::string>>();
  std::vector<std::string> texts;
  for (std::size_t open = json.find('"'); open != std::string_view::npos;) {
    const std::size_t close = json.find('"', open + 1);
    if (close == std::string_view::npos)
      throw Error("the store is damaged: a list that can't be read; restore a backup");
    texts.emplace_back(json.substr(open + 1, close - open - 1));
    open = json.find('"', close + 1);
  }
  return texts;
}

std::string list_of(const std::vector<std::string>& texts) {
  return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace seatlint
