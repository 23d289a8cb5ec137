// SPDX-License-Identifier: Apache-2.0
// The power goes away during imports: an ext4 file system is shut down at once, so that all it had not yet put on its
// disk is lost, and mounted again. Needs root and loop devices.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <thread>

#include "campaigns.hpp"

namespace seatlint::faults {
namespace {

constexpr unsigned long shut_down = 0x8004587d;  // EXT4_IOC_SHUTDOWN of the kernel
constexpr std::uint32_t without_flushing = 2;

/// ext4 in a file, mounted through a loop device.
class Disk {
 public:
  Disk(fs::path image, fs::path folder) : image_(std::move(image)), folder_(std::move(folder)) {
    fs::create_directories(folder_);
    run("truncate -s 24M " + image_.string() + " && mkfs.ext4 -q -F " + image_.string());
    mount();
  }
  ~Disk() {
    ::umount2(folder_.c_str(), MNT_DETACH);
    std::error_code ignored;
    fs::remove(image_, ignored);
    fs::remove(folder_, ignored);
  }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  void mount() { run("mount -o loop " + image_.string() + " " + folder_.string()); }
  void cut() const {
    const int descriptor = ::open(folder_.c_str(), O_RDONLY | O_CLOEXEC);
    const int failed = ::ioctl(descriptor, shut_down, &without_flushing);
    ::close(descriptor);
    if (failed != 0) throw std::runtime_error("this file system can't be shut down");
  }
  void come_back() {
    for (int i = 0; i < 200 && ::umount(folder_.c_str()) != 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    mount();
  }

 private:
  static void run(const std::string& line) {
    if (std::system((line + " >/dev/null 2>&1").c_str()) != 0) throw std::runtime_error("fails: " + line);
  }
  fs::path image_, folder_;
};

}  // namespace

Tally cut_power(const Program& program, const fs::path& home, const fs::path& samples, Part part) {
  Tally tally;
  Disk disk(home / ("seatlint-power-" + std::to_string(::getpid())),
            home / ("seatlint-disk-" + std::to_string(::getpid())));
  const Stage stage(program, home / ("seatlint-disk-" + std::to_string(::getpid())), samples);
  ::sync();
  stage.set(0);
  const auto begin = std::chrono::steady_clock::now();
  program.run(stage.import(2));
  const auto usual =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
  for (long trial = part.first; trial < part.first + part.count; ++trial) {
    std::mt19937_64 random(static_cast<std::uint64_t>(trial) + 1);
    const int before = static_cast<int>(random() % 2);
    stage.set(before);
    ::sync();
    int acknowledged = before;
    const auto after = std::uniform_int_distribution<long>(0, usual * 3 / 2)(random);
    const pid_t child = program.start(stage.import(2));
    std::this_thread::sleep_for(std::chrono::microseconds(after));
    Outcome outcome;
    // What has ended by itself has acknowledged, and must survive.
    if (::kill(child, 0) == 0) outcome = wait_for(child, 0);
    if (outcome.hung) outcome = {0, SIGKILL, false, {}, {}, 0, 0, 0};
    if (outcome.signal == 0 && outcome.exit_code == 0) acknowledged = 2;
    disk.cut();
    disk.come_back();
    stage.check("power cut " + std::to_string(trial) + " after " + std::to_string(after) + " us", outcome, acknowledged,
                tally);
  }
  return tally;
}

}  // namespace seatlint::faults
