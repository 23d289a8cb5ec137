// SPDX-License-Identifier: Apache-2.0
// Parts of a report as JSON text, one line each, so that the JSON library stays in a single translation unit.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "seatlint/report.hpp"

namespace seatlint {

/// One member of the report's top-level object: a value on one line, or an array of one line each.
struct JsonMember {
  std::string key;
  bool is_array = false;
  std::vector<std::string> lines;
};

/// `ascii` escapes all that is not ASCII: for terminals, which data from files must not steer.
/// What is no UTF-8 becomes U+FFFD.
std::vector<JsonMember> json_before_findings(const Report& report, bool ascii);
/// Behind what is in `out` already.
void append_finding_json(std::string& out, const Finding& finding, bool ascii);
void append_borderline_json(std::string& out, const BorderlineSeat& seat, bool ascii);
/// Any text as a JSON string.
std::string json_string(std::string_view text, bool ascii);
JsonMember json_doubts(const Report& report, bool ascii);
std::vector<JsonMember> json_after_doubts(const Report& report, bool ascii);

}  // namespace seatlint
