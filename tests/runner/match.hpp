// SPDX-License-Identifier: Apache-2.0
// Compares what a scenario expects with what came out, and shows the difference to a person.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace scenario {

using Lines = std::vector<std::string>;

/// With a `~` line among them, expected lines need only be found in this order; without one, everything must be equal.
inline bool is_loose(const Lines& expected) {
  return std::any_of(expected.begin(), expected.end(), [](const auto& line) { return line.starts_with("~"); });
}

/// The first expected line that no later actual line answers, if any.
inline std::optional<std::string> unanswered(const Lines& expected, const Lines& actual) {
  std::size_t at = 0;
  for (const auto& line : expected) {
    const bool loose = line.starts_with("~");
    const std::string text = loose ? line.substr(std::min<std::size_t>(line.size(), 2)) : line;
    if (loose && text.empty()) continue;
    while (at < actual.size() && (loose ? actual[at].find(text) == std::string::npos : actual[at] != text)) ++at;
    if (at == actual.size()) return text;
    ++at;
  }
  return std::nullopt;
}

/// Lines only expected as `-`, only found as `+`, common ones indented: a longest common subsequence.
inline void print_difference(const Lines& expected, const Lines& actual) {
  const std::size_t rows = expected.size(), columns = actual.size();
  if (rows * columns > 25'000'000) {
    std::cout << "    (" << rows << " lines expected, " << columns << " found: too many to compare here)\n";
    return;
  }
  std::vector<std::vector<std::uint32_t>> common(rows + 1, std::vector<std::uint32_t>(columns + 1, 0));
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      common[i][j] = expected[i] == actual[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  for (std::size_t i = 0, j = 0; i < rows || j < columns;) {
    if (i < rows && j < columns && expected[i] == actual[j]) {
      std::cout << "      " << expected[i++] << '\n';
      ++j;
    } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
      std::cout << "    - " << expected[i++] << '\n';
    } else {
      std::cout << "    + " << actual[j++] << '\n';
    }
  }
}

inline bool check_stream(const char* name, const Lines& expected, const Lines& actual) {
  if (is_loose(expected)) {
    const auto missing = unanswered(expected, actual);
    if (!missing) return true;
    std::cout << "  " << name << ": no later line answers `" << *missing << "` in\n";
    for (const auto& line : actual) std::cout << "    + " << line << '\n';
    return false;
  }
  if (expected == actual) return true;
  std::cout << "  " << name << " (- expected, + found):\n";
  print_difference(expected, actual);
  return false;
}

}  // namespace scenario
