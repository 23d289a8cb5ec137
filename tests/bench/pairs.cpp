// SPDX-License-Identifier: Apache-2.0
// Runs commands in turn, A B A B ..., so that drift of the machine hits all alike, and prints of each the median wall
// and processor time, the peak memory, and the ratio of its wall time to the first command's in the same round.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct Run {
  double wall = 0, processor = 0, megabytes = 0;
};

struct Command {
  std::string label, before, text;  ///< `before` runs untimed
  std::vector<Run> runs;
  std::vector<double> ratios;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Run run(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, 1);
    ::execl("/bin/sh", "sh", "-c", text.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || ::wait4(child, &status, 0, &used) < 0) std::perror("pairs"), std::exit(2);
  if (status != 0) std::fprintf(stderr, "ended with status %d: %s\n", status, text.c_str()), std::exit(1);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

template <typename Of>
double median_of(const std::vector<Run>& runs, Of of) {
  std::vector<double> values;
  for (const Run& one : runs) values.push_back(of(one));
  return median(values);
}

}  // namespace

int main(int count, char** arguments) {
  int rounds = 5, at = 1;
  if (count > 2 && std::strcmp(arguments[1], "-n") == 0) rounds = std::max(1, std::atoi(arguments[2])), at = 3;
  std::vector<Command> commands;
  for (; at + 2 < count; at += 3) commands.push_back({arguments[at], arguments[at + 1], arguments[at + 2], {}, {}});
  if (commands.empty() || at != count) {
    std::fputs("usage: pairs [-n ROUNDS] LABEL BEFORE COMMAND [LABEL BEFORE COMMAND ...]   (BEFORE may be empty)\n",
               stderr);
    return 2;
  }
  for (int round = -1; round < rounds; ++round)  // the first one warms the caches and does not count
    for (Command& command : commands) {
      if (!command.before.empty()) run(command.before);
      const Run took = run(command.text);
      if (round < 0) continue;
      command.runs.push_back(took);
      command.ratios.push_back(took.wall / commands.front().runs.back().wall);
    }
  std::printf("%-36s %9s %9s %9s %9s %9s %18s\n", "", "wall s", "min", "max", "cpu s", "peak MB", "ratio (min..max)");
  for (const Command& command : commands) {
    const auto wall = [](const Run& one) { return one.wall; };
    const auto less = [](const Run& a, const Run& b) { return a.wall < b.wall; };
    const auto [least, most] = std::minmax_element(command.runs.begin(), command.runs.end(), less);
    const auto [low, high] = std::minmax_element(command.ratios.begin(), command.ratios.end());
    std::printf("%-36s %9.3f %9.3f %9.3f %9.3f %9.1f %6.2f (%.2f..%.2f)\n", command.label.c_str(),
                median_of(command.runs, wall), least->wall, most->wall,
                median_of(command.runs, [](const Run& one) { return one.processor; }),
                median_of(command.runs, [](const Run& one) { return one.megabytes; }), median(command.ratios), *low,
                *high);
  }
}
