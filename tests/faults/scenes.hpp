// SPDX-License-Identifier: Apache-2.0
// Commands to let something go wrong in, and what each promises when it says that all went well.
#pragma once

#include "stage.hpp"

namespace seatlint::faults {

struct Scene {
  std::string name;
  std::vector<std::string> words;
  int before = 0;      ///< state of the store it begins with
  int afterwards = 0;  ///< and must have reached where it ended with 0
  std::string result;  ///< a file it writes whole or not at all; empty: none
  Outcome calm;        ///< without any fault
  std::string calm_result;
};

/// Runs each once to see what it does when nothing is wrong.
std::vector<Scene> scenes(const Stage& stage);
/// Runs it with the fault, on a store as it begins with, and checks all laws.
void play(const Stage& stage, const Scene& scene, const std::string& fault, Tally& tally);

}  // namespace seatlint::faults
