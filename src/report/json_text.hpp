// SPDX-License-Identifier: Apache-2.0
// Parts of a report as JSON text, one line each, so that the JSON library stays in a single translation unit.
#pragma once

#include <cstddef>
#include <functional>
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
  /// Of a long array instead: how many lines there are, and what appends each of them. The report must outlive it.
  std::size_t count = 0;
  std::function<void(std::string& out, std::size_t line)> append = {};

  void each_line(const std::function<void(std::string_view line)>& visit) const {
    for (const std::string& line : lines) visit(line);
    std::string room;
    for (std::size_t i = 0; i < count; ++i) {
      room.clear();
      append(room, i);
      visit(room);
    }
  }
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
