// SPDX-License-Identifier: Apache-2.0
// `status --privacy`: one page for a works council or a data protection officer.
#pragma once

#include <string>

#include "commands/command.hpp"
#include "seatlint/policy.hpp"
#include "store/store.hpp"

namespace seatlint {

void print_privacy_page(const Store& store, const Policy& policy, const std::string& format, Io& io);

}  // namespace seatlint
