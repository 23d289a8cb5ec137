// SPDX-License-Identifier: Apache-2.0
// Hands arguments, streams and what there is to know of the surroundings to the program proper.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <new>
#include <string_view>

#include "base/new_file.hpp"
#include "base/reuse_memory.hpp"
#include "cli/descriptor_buffer.hpp"
#include "seatlint/cli.hpp"

extern char** environ;

namespace {

/// A file opened later must never become a standard stream that was closed: it would receive what is printed.
void occupy_closed_streams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor)
    if (::fcntl(descriptor, F_GETFD) < 0 && ::open("/dev/null", descriptor == 2 ? O_WRONLY : O_RDONLY) < 0)
      std::_Exit(2);
}

/// A store rolls back what was not committed when it is opened next; all else half done is removed here.
void stop(int signal) {
  seatlint::remove_unplaced_files();
  ::_exit(128 + signal);
}

/// Once memory has run out nothing can be relied upon that needs any, unwinding included.
void end_without_memory() {
  seatlint::remove_unplaced_files();
  constexpr std::string_view says = "seatlint: out of memory\n";
  static_cast<void>(!::write(STDERR_FILENO, says.data(), says.size()));
  ::_exit(2);
}

/// Runs before any static value is made: those take memory, too.
[[gnu::constructor(101)]] void expect_to_run_out_of_memory() { std::set_new_handler(end_without_memory); }

/// Whoever started us may want a signal ignored (nohup); that stays.
void stop_at(int signal) {
  struct sigaction action {};
  if (::sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) return;
  action.sa_handler = stop;
  ::sigaction(signal, &action, nullptr);
}

std::map<std::string, std::string> variables() {
  std::map<std::string, std::string> found;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string::npos) found.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return found;
}

int parsed_columns(const std::string& text) {
  int columns = 0;
  std::from_chars(text.data(), text.data() + text.size(), columns);
  return columns;
}

/// COLUMNS, else the terminal's width; in a pipe or a file 100.
int columns(const std::map<std::string, std::string>& variables, bool terminal) {
  const auto stated = variables.find("COLUMNS");
  const int wanted = stated == variables.end() ? 0 : parsed_columns(stated->second);
  if (wanted > 0) return std::min(wanted, 1000);
  winsize size{};
  if (terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return terminal ? 80 : 100;
}

seatlint::Day today() {
  const std::time_t now = std::time(nullptr);
  return {static_cast<std::int32_t>(now / 86400)};
}

}  // namespace

int main(int argc, char** argv) {
  seatlint::take_usual_memory();
  occupy_closed_streams();
  // A closed pipe and a file beyond `ulimit -f` are errors of the write, with a message.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) stop_at(signal);
  seatlint::cli::DescriptorBuffer out_buffer(STDOUT_FILENO), err_buffer(STDERR_FILENO);
  std::ostream out(&out_buffer), err(&err_buffer);
  err << std::unitbuf;
  std::ios::sync_with_stdio(false);

  seatlint::Environment environment;
  environment.variables = variables();
  environment.stdout_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  environment.stderr_is_terminal = ::isatty(STDERR_FILENO) == 1;
  environment.columns = columns(environment.variables, environment.stdout_is_terminal);
  environment.today = today();
  const auto pretended = environment.variables.find("SEATLINT_TODAY");
  if (pretended != environment.variables.end() && !pretended->second.empty()) {
    const auto day = seatlint::parse_day(pretended->second);
    if (!day) {
      err << "seatlint: SEATLINT_TODAY must be a date like 2026-09-30\n";
      return 2;
    }
    environment.today = *day;
  }
  return seatlint::run({argv + 1, argv + argc}, std::cin, out, err, environment);
}
