// SPDX-License-Identifier: Apache-2.0
// Kills imports without warning, and lets crowds of them loose on one store.
#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include "campaigns.hpp"

namespace seatlint::faults {
namespace {

using Clock = std::chrono::steady_clock;

/// How many microseconds the command takes when nobody disturbs it.
long duration(const Stage& stage, const Command& command) {
  const auto begin = Clock::now();
  stage.program().run(command);
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count();
}

/// The one number a query gives; -1 where it fails.
long number(const Stage& stage, const std::string& sql) {
  const Outcome rows = stage.program().run(stage.command({"query", "-o", "csv", sql}));
  const std::size_t line = rows.out.find('\n');
  return rows.exit_code == 0 && line != std::string::npos ? std::stol(rows.out.substr(line + 1)) : -1;
}

/// An export of `n` users of its own, dated so that no other export is a smaller one of the same day.
void write_users(const fs::path& path, int file, int n) {
  std::ofstream out(path, std::ios::binary);
  out << "user_id,email,status,license\n";
  for (int i = 0; i < n; ++i) out << "u" << file << "-" << i << ",u" << i << "@example.com,active,Sales\n";
}

}  // namespace

Tally kill_imports(const Stage& stage, Part part) {
  Tally tally;
  stage.set(0);
  const long usual = duration(stage, stage.import(2));
  for (long trial = part.first; trial < part.first + part.count; ++trial) {
    std::mt19937_64 random(static_cast<std::uint64_t>(trial) + 1);
    const int before = static_cast<int>(random() % 2);
    stage.set(before);
    const long after = std::uniform_int_distribution<long>(0, usual * 5 / 4)(random);
    const pid_t child = stage.program().start(stage.import(2));
    std::this_thread::sleep_for(std::chrono::microseconds(after));
    ::kill(child, SIGKILL);
    const Outcome outcome = wait_for(child, 60);
    stage.check("kill " + std::to_string(trial) + " after " + std::to_string(after) + " us", outcome,
                outcome.signal == 0 && outcome.exit_code == 0 ? 2 : before, tally);
  }
  return tally;
}

Tally crowd_store(const Stage& stage, Part part, int writers, int readers) {
  Tally tally;
  constexpr int rows = 50;
  for (long trial = part.first; trial < part.first + part.count; ++trial) {
    stage.set(0);
    std::vector<pid_t> children;
    const int files = writers / 2;
    for (int i = 0; i < files; ++i) write_users(stage.path("users" + std::to_string(i) + ".csv"), i, rows);
    for (int i = 0; i < writers; ++i)
      children.push_back(stage.program().start(
          stage.command({"--lock-timeout", "120s", "import", "--snapshot-date", "2026-09-15", "--profile",
                         "generic-users", "users" + std::to_string(i % files) + ".csv"})));
    for (int i = 0; i < readers; ++i) {
      while (!fs::exists(stage.path("seatlint.db"))) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      children.push_back(stage.program().start(stage.command({"--lock-timeout", "120s", "status"})));
    }
    for (const pid_t child : children) {
      const Outcome outcome = wait_for(child, 180);
      const std::string name = "crowd " + std::to_string(trial);
      check_ending(name, outcome, false, tally);
      if (outcome.exit_code != 0) tally.add(name + ": one ends with " + std::to_string(outcome.exit_code));
    }
    if (number(stage, "SELECT count(*) FROM import_file") != files) tally.add("a file is missing or counted twice");
    if (number(stage, "SELECT count(*) FROM account") != files * rows) tally.add("rows are missing or counted twice");
  }
  return tally;
}

}  // namespace seatlint::faults
