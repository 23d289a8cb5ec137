// SPDX-License-Identifier: Apache-2.0
// What cron, containers and full disks do to a process. Some of it needs root, and is left out without.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "campaigns.hpp"

namespace seatlint::faults {
namespace {

/// A limit that children inherit, put back at the end.
class Limit {
 public:
  Limit(__rlimit_resource what, rlim_t value) : what_(what) {
    ::getrlimit(what_, &before_);
    const rlimit lowered{value, before_.rlim_max};
    ::setrlimit(what_, &lowered);
  }
  ~Limit() { ::setrlimit(what_, &before_); }
  Limit(const Limit&) = delete;
  Limit& operator=(const Limit&) = delete;

 private:
  __rlimit_resource what_;
  rlimit before_{};
};

/// Imports where it is harder than usual, then as usual.
void import_under(const Stage& stage, const std::string& name, Command command, Tally& tally, int wanted = -1) {
  stage.set(0);
  const Outcome outcome = stage.program().run(command);
  if (wanted >= 0 && outcome.exit_code != wanted)
    tally.add(name + ": ends with " + std::to_string(outcome.exit_code) + " " + outcome.err);
  stage.check(name, outcome, outcome.exit_code == 0 ? 2 : 0, tally);
}

void odd_environments(const Stage& stage, Tally& tally) {
  Command bare = stage.import(2);
  bare.environment = {};
  import_under(stage, "no environment", bare, tally, 0);
  for (const char* variable : {"TZ=Nowhere/Land", "TZ=:/etc/passwd", "TZ=", "LC_ALL=xx_YY.utf99", "LC_ALL=tr_TR.UTF-8",
                               "LANG=", "HOME=/nonexistent", "HOME=", "XDG_CONFIG_HOME=relative", "COLUMNS=-5",
                               "TMPDIR=/nonexistent", "PATH=", "TERM=\x1b[31m"}) {
    Command odd = stage.import(2);
    odd.environment.push_back(variable);
    import_under(stage, variable, odd, tally, 0);
  }
}

void closed_streams(const Stage& stage, Tally& tally) {
  for (const std::vector<int>& closed : std::vector<std::vector<int>>{{0}, {1}, {2}, {0, 1}, {0, 1, 2}}) {
    Command command = stage.import(2);
    command.closed = closed;
    import_under(stage, "streams closed", command, tally);
  }
  Command full = stage.import(2);
  full.standard_output = "/dev/full";
  import_under(stage, "stdout full", full, tally, 2);
}

Outcome run_limited(const Stage& stage, __rlimit_resource what, rlim_t value) {
  stage.set(0);
  const Limit limit(what, value);
  return wait_for(stage.program().start(stage.import(2)), 60);
}

void low_limits(const Stage& stage, Tally& tally) {
  for (const rlim_t bytes : {0, 1000, 4096, 20'000, 40'000, 100'000}) {
    const Outcome outcome = run_limited(stage, RLIMIT_FSIZE, bytes);
    stage.check("files of " + std::to_string(bytes) + " bytes", outcome, outcome.exit_code == 0 ? 2 : 0, tally);
  }
  for (const rlim_t files : {3, 4, 5, 6, 7, 8, 10}) {
    const Outcome outcome = run_limited(stage, RLIMIT_NOFILE, files);
    // With none left the program can't even be started.
    if (outcome.exit_code == 126 || outcome.exit_code == 127) continue;
    stage.check(std::to_string(files) + " descriptors", outcome, outcome.exit_code == 0 ? 2 : 0, tally);
  }
}

void signals(const Stage& stage, Tally& tally) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    for (const int milliseconds : {0, 3, 6, 10, 15, 25}) {
      stage.set(1);
      const pid_t child = stage.program().start(stage.import(2));
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      ::kill(child, signal);
      const Outcome outcome = wait_for(child, 1);
      const std::string name = "signal " + std::to_string(signal);
      if (outcome.hung) tally.add(name + ": it takes more than a second to end");
      // Before main was reached the signal does what it always does.
      const bool stopped = outcome.exit_code == 128 + signal || outcome.signal == signal;
      if (!stopped && outcome.exit_code != 0) tally.add(name + ": ends with " + std::to_string(outcome.exit_code));
      for (const auto& entry : fs::directory_iterator(stage.path("")))
        if (entry.path().string().find(".new-") != std::string::npos)
          tally.add(name + ": leaves " + entry.path().string());
      Outcome ended = outcome;
      ended.exit_code = outcome.exit_code == 0 ? 0 : 2;
      ended.signal = 0;
      stage.check(name, ended, outcome.exit_code == 0 ? 2 : 1, tally);
    }
}

/// A file system of so many bytes, in the stage's folder, gone at the end.
class SmallDisk {
 public:
  SmallDisk(const fs::path& where, long bytes, bool read_only) : where_(where) {
    fs::create_directory(where_);
    mounted_ = ::mount("tmpfs", where_.c_str(), "tmpfs", 0, ("size=" + std::to_string(bytes)).c_str()) == 0;
    read_only_ = read_only;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(where_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  void freeze() const {
    if (read_only_) ::mount(nullptr, where_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
  }

 private:
  fs::path where_;
  bool mounted_ = false, read_only_ = false;
};

void full_disks(const Stage& stage, Tally& tally) {
  for (long kib = 4; kib <= 256; kib += 12) {
    stage.set(2);
    const SmallDisk disk(stage.path("disk"), kib * 1024, false);
    if (!disk.mounted()) return;
    for (const auto& words : std::vector<std::vector<std::string>>{{"--db", "disk/s.db", "import", "log.csv"},
                                                                   {"backup", "disk/b.db"},
                                                                   {"audit", "-o", "json=disk/report.json"}}) {
      const std::string name = "disk of " + std::to_string(kib) + " KiB, " + words[0];
      const Outcome outcome = stage.program().run(stage.command(words));
      check_ending(name, outcome, false, tally);
      if (outcome.exit_code != 0 && outcome.err.empty()) tally.add(name + ": fails without a word");
      for (const auto& entry : fs::directory_iterator(stage.path("disk")))
        if (entry.path().string().find(".new-") != std::string::npos)
          tally.add(name + ": leaves " + entry.path().string());
    }
  }
}

void read_only_disk(const Stage& stage, Tally& tally) {
  stage.set(2);
  const SmallDisk disk(stage.path("disk"), 8 << 20, true);
  if (!disk.mounted()) return;
  fs::copy_file(stage.path("seatlint.db"), stage.path("disk") / "s.db");
  disk.freeze();
  for (const auto& [words, wanted] : std::vector<std::pair<std::vector<std::string>, int>>{
           {{"--db", "disk/s.db", "verify"}, 0},
           {{"--db", "disk/s.db", "status"}, 0},
           {{"--db", "disk/s.db", "query", "SELECT count(*) FROM account"}, 0},
           {{"--db", "disk/s.db", "import", "log.csv"}, 2},
           {{"--db", "disk/new.db", "import", "log.csv"}, 2}}) {
    const Outcome outcome = stage.program().run(stage.command(words));
    check_ending("read-only disk", outcome, false, tally);
    if (outcome.exit_code != wanted)
      tally.add("read-only disk: " + words[2] + " ends with " + std::to_string(outcome.exit_code) + " " + outcome.err);
  }
}

}  // namespace

Tally change_surroundings(const Stage& stage) {
  Tally tally;
  odd_environments(stage, tally);
  closed_streams(stage, tally);
  low_limits(stage, tally);
  signals(stage, tally);
  full_disks(stage, tally);
  read_only_disk(stage, tally);
  return tally;
}

}  // namespace seatlint::faults
