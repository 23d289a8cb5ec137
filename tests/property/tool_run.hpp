// SPDX-License-Identifier: Apache-2.0
// Running the tool on a world, in a folder of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "world.hpp"

namespace property {

/// A folder that is gone when the test is done with it; in memory where the machine offers that.
class Scratch {
 public:
  explicit Scratch(std::uint64_t seed);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  void keep() { kept_ = true; }
  std::string path() const { return folder_.string(); }

 private:
  bool kept_ = false;
  std::filesystem::path folder_;
};

/// Runs one command; the answer is its stdout, or an exception with all it said. `notes` gets its stderr.
std::string tool(const World& world, const std::string& folder, std::vector<std::string> arguments,
                 std::string* notes = nullptr);
int number_from(const char* variable, int otherwise);

}  // namespace property
