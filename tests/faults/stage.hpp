// SPDX-License-Identifier: Apache-2.0
// What every campaign plays on: a folder with exports, the states a store may be in, and the laws no fault may break.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "process.hpp"

namespace seatlint::faults {

/// A campaign counts what it did and remembers, in words, what went against a law.
struct Tally {
  long done = 0;
  std::vector<std::string> broken;
  void add(std::string what) {
    if (broken.size() < 50) broken.push_back(std::move(what));
  }
};

/// The part of a campaign that one run does: `count` trials from trial `first` on. A trial depends on its number only.
struct Part {
  long first = 0, count = 0;
};

/// Empty where no regular file is.
std::string bytes_of(const fs::path& path);

class Stage {
 public:
  /// A fresh folder below `home`, with two exports in it; removed at the end.
  Stage(const Program& program, const fs::path& home, const fs::path& samples);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const Program& program() const { return program_; }
  fs::path path(const std::string& name) const { return folder_ / name; }
  Command command(std::vector<std::string> words) const;
  /// The command that imports the first `files` exports.
  Command import(int files) const;

  /// Makes the store hold the first `files` exports; 0: no store. Everything else a run may have left is removed.
  void set(int files) const;
  /// How many of the exports are in the store, whole; -1: it is in none of the states it may be in.
  int state() const;
  /// The laws: the state is at least `acknowledged`; what is there passes `verify`; importing again ends with all.
  void check(const std::string& trial, const Outcome& outcome, int acknowledged, Tally& tally) const;

 private:
  std::string digest() const;

  const Program& program_;
  fs::path folder_;
  std::vector<std::string> exports_;
  std::vector<std::string> digests_;  ///< of the store with 0, 1, ... exports
  std::string second_only_;           ///< of the store whose first export could not be read
};

/// What must hold for every outcome, whatever was done to it: it ended by itself, without a crash, and did not fail
/// without a word.
void check_ending(const std::string& trial, const Outcome& outcome, bool killed, Tally& tally);

}  // namespace seatlint::faults
