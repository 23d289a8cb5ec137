// SPDX-License-Identifier: Apache-2.0
// See process.hpp. Output goes through files without a name, so that no child ever waits for a reader.
#include "process.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace seatlint::faults {
namespace {

constexpr int report_descriptor = 99;  // where shim.cpp says how much it counted

int memory_file() {
  const int descriptor = ::memfd_create("stream", 0);
  if (descriptor < 0) throw std::runtime_error("no memory file");
  return descriptor;
}

std::string contents(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer;
  ::lseek(descriptor, 0, SEEK_SET);
  for (ssize_t n; (n = ::read(descriptor, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(n));
  ::close(descriptor);
  return text;
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> found;
  for (const std::string& word : words) found.push_back(const_cast<char*>(word.c_str()));
  found.push_back(nullptr);
  return found;
}

[[noreturn]] void become(const fs::path& binary, const Command& command, int out, int err, int report) {
  std::vector<std::string> words{binary.string()};
  words.insert(words.end(), command.words.begin(), command.words.end());
  ::setpgid(0, 0);
  if (::chdir(command.folder.c_str()) != 0) ::_exit(126);
  if (!command.standard_output.empty()) out = ::open(command.standard_output.c_str(), O_WRONLY);
  const int in = ::open("/dev/null", O_RDONLY);
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(err, 2);
  if (report >= 0) ::dup2(report, report_descriptor);
  for (int fd = 3; fd < report_descriptor; ++fd) ::close(fd);
  for (const int fd : command.closed) ::close(fd);
  ::execve(binary.c_str(), pointers(words).data(), pointers(command.environment).data());
  ::_exit(127);
}

pid_t spawn(const fs::path& binary, const Command& command, int out, int err, int report) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) become(binary, command, out, err, report);
  return child;
}

}  // namespace

Outcome wait_for(pid_t child, int seconds) {
  Outcome outcome;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  int status = 0;
  rusage usage{};
  auto pause = std::chrono::microseconds(200);
  for (pid_t ended = 0; ended == 0;) {
    ended = ::wait4(child, &status, WNOHANG, &usage);
    if (ended != 0) break;
    if (std::chrono::steady_clock::now() > deadline) {
      outcome.hung = true;
      ::kill(child, SIGKILL);
      ::wait4(child, &status, 0, &usage);
      break;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::microseconds(5000));
  }
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  outcome.peak_kib = usage.ru_maxrss;
  return outcome;
}

pid_t Program::start(const Command& command) const {
  const int sink = ::open("/dev/null", O_WRONLY);
  const pid_t child = spawn(binary_, command, sink, sink, -1);
  ::close(sink);
  return child;
}

Outcome Program::run(const Command& command) const {
  const int out = memory_file(), err = memory_file(), report = memory_file();
  Outcome outcome = wait_for(spawn(binary_, command, out, err, report), command.seconds);
  outcome.out = contents(out);
  outcome.err = contents(err);
  std::sscanf(contents(report).c_str(), "%ld %ld", &outcome.calls, &outcome.allocations);
  return outcome;
}

Outcome Program::run(Command command, const std::string& fault) const {
  command.environment.push_back("LD_PRELOAD=" + shim_.string());
  command.environment.push_back("SEATLINT_FAULT=" + fault);
  return run(command);
}

}  // namespace seatlint::faults
