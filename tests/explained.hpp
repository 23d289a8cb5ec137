// SPDX-License-Identifier: Apache-2.0
// What `explain` prints of whoever answers to a key, of a fleet at hand.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "commands/explanation.hpp"
#include "fleet/one_person.hpp"
#include "seatlint/rules.hpp"

namespace seatlint::testing {

inline std::string explained(const Store& store, Fleet& fleet, const Judged& judged, const std::string& key) {
  std::vector<int> accounts;
  for (std::size_t i = 0; i < fleet.accounts.size(); ++i)
    if (answers_to(fleet.accounts[i], key)) accounts.push_back(static_cast<int>(i));
  std::ostringstream text;
  for (const int account : accounts) explain_account(store, fleet, judged, account, text);
  return text.str();
}

}  // namespace seatlint::testing
