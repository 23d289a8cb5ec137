// SPDX-License-Identifier: Apache-2.0
// What the exports suggest about people: roles by title or department, reserved rights, accounts of programs.
#pragma once

#include <string>

#include "seatlint/rules.hpp"

namespace seatlint {

/// Commented TOML with the counts each suggestion stands on; nothing of it is in force until somebody takes the # away.
std::string learned_roles(const Fleet& fleet, const Judged& judged);

}  // namespace seatlint
