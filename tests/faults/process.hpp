// SPDX-License-Identifier: Apache-2.0
// Runs seatlint as somebody else would: a child with its own environment, streams and deadline.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace seatlint::faults {

namespace fs = std::filesystem;

struct Command {
  std::vector<std::string> words;        ///< arguments behind the program
  std::vector<std::string> environment;  ///< NAME=VALUE; nothing else is inherited
  fs::path folder;                       ///< where it runs
  std::string standard_output;           ///< a path; empty: kept
  std::vector<int> closed;               ///< descriptors it starts without
  int seconds = 60;                      ///< beyond that it hangs
};

struct Outcome {
  int exit_code = 0;
  int signal = 0;  ///< that ended it
  bool hung = false;
  std::string out, err;
  long peak_kib = 0;                ///< its largest resident size
  long calls = 0, allocations = 0;  ///< as counted by the shim, 0 without it
};

class Program {
 public:
  Program(fs::path binary, fs::path shim) : binary_(std::move(binary)), shim_(std::move(shim)) {}
  Outcome run(const Command& command) const;
  /// The same with one fault in it, as shim.cpp understands it.
  Outcome run(Command command, const std::string& fault) const;
  /// Starts it and comes back at once; `wait_for` collects it.
  pid_t start(const Command& command) const;

 private:
  fs::path binary_, shim_;
};

/// How a started child ended; kills what runs longer than `seconds`.
Outcome wait_for(pid_t child, int seconds);

}  // namespace seatlint::faults
