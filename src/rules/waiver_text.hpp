// SPDX-License-Identifier: Apache-2.0
// How reports name a waiver, and the findings about waivers themselves.
#pragma once

#include <string>

#include "seatlint/rules.hpp"

namespace seatlint {

/// "waiver of idle for email=ana@example.com (seatlint.toml:71; owner it@example.com; LIC-1234)".
std::string waiver_text(const Fleet& fleet, const Waiver& waiver);
/// A finding about the policy itself: no account, no product, the line of the policy as evidence.
Finding waiver_finding(const Fleet& fleet, const Rule& rule, const Waiver& waiver);

}  // namespace seatlint
