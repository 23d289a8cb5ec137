// SPDX-License-Identifier: Apache-2.0
// Which rights of an account are an administrator's.
#pragma once

#include <string>
#include <vector>

#include "seatlint/fleet.hpp"

namespace seatlint {

/// Roles and profile with *admin* or *administrator* as a word in their names, sorted.
std::vector<std::string> admin_rights(const Account& account);

}  // namespace seatlint
