// SPDX-License-Identifier: Apache-2.0
// Runs one-file scenarios: given these files and this date, this command line prints this. So that what a user sees
// is tested through the program itself, in a text that a reader understands. The format is in tests/README.md.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/match.hpp"

namespace fs = std::filesystem;

namespace {

using scenario::check_stream;
using scenario::is_loose;
using scenario::Lines;

struct Settings {
  fs::path binary;
  fs::path data;
  bool update = false;
  bool keep = false;
};

/// A `$` line and what is expected of it.
struct Step {
  std::size_t line = 0;
  std::string command;
  Lines out, err;
  int exit_code = 0;
};

struct Outcome {
  Lines out, err;
  int exit_code = 0;
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("can't read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!out.flush()) throw std::runtime_error("can't write " + path.string());
}

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      lines.emplace_back("\\ no newline at the end");
      break;
    }
    text.remove_prefix(end + 1);
  }
  return lines;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Words as a shell splits them: blanks, '...', "..." (in which only \" and \\ are escapes), \x outside of quotes.
Lines split_words(std::string_view text) {
  Lines words;
  std::optional<std::string> word;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char following = i + 1 < text.size() ? text[i + 1] : '\0';
    if (quote == '\0' && c == ' ') {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
      continue;
    }
    if (!word) word.emplace();
    if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    } else if (c == '\\' && quote != '\'' && (quote == '\0' || following == '"' || following == '\\')) {
      word->push_back(following);
      ++i;
    } else {
      word->push_back(c);
    }
  }
  if (quote != '\0') throw std::runtime_error("a quote is never closed");
  if (word) words.push_back(*word);
  return words;
}

/// A folder for one scenario: `work` is where commands run, `bin` holds the program, the rest is ours.
class Sandbox {
 public:
  Sandbox(const Settings& settings) : settings_(settings) {
    std::string pattern = (fs::temp_directory_path() / "scenario-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("can't make a folder like " + pattern);
    root_ = fs::canonical(pattern);
    fs::create_directories(work());
    fs::create_directories(root_ / "bin");
    fs::create_symlink(settings_.binary, root_ / "bin" / "seatlint");
    environment_ = {"PATH=" + (root_ / "bin").string() + ":/usr/bin:/bin", "LC_ALL=C.UTF-8"};
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
      if (const char* value = std::getenv(name)) environment_.push_back(std::string(name) + "=" + value);
    }
  }
  ~Sandbox() {
    std::error_code ignored;
    if (settings_.keep) {
      std::cerr << "kept " << root_.string() << '\n';
    } else {
      fs::remove_all(root_, ignored);
    }
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  fs::path work() const { return root_ / "work"; }
  void set(const std::string& assignment) {
    const std::string name = assignment.substr(0, assignment.find('=') + 1);
    if (name.empty()) throw std::runtime_error("env wants NAME=VALUE");
    std::erase_if(environment_, [&](const std::string& entry) { return entry.starts_with(name); });
    environment_.push_back(assignment);
  }
  Outcome run(const std::string& command);

 private:
  [[noreturn]] void become(Lines& words, const fs::path& in, const fs::path& out, const fs::path& err);

  const Settings& settings_;
  fs::path root_;
  Lines environment_;
};

void Sandbox::become(Lines& words, const fs::path& in, const fs::path& out, const fs::path& err) {
  const auto open_as = [](int target, const fs::path& path, int flags) {
    const int fd = open(path.c_str(), flags, 0600);
    if (fd < 0 || dup2(fd, target) < 0) _exit(126);
    close(fd);
  };
  if (chdir(work().c_str()) != 0) _exit(126);
  open_as(0, in, O_RDONLY);
  open_as(1, out, O_WRONLY | O_CREAT | O_TRUNC);
  open_as(2, err, O_WRONLY | O_CREAT | O_TRUNC);
  std::vector<char*> arguments, environment;
  for (auto& word : words) arguments.push_back(word.data());
  for (auto& entry : environment_) environment.push_back(entry.data());
  arguments.push_back(nullptr);
  environment.push_back(nullptr);
  environ = environment.data();
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Outcome Sandbox::run(const std::string& command) {
  std::string expanded = command;
  replace_all(expanded, "{dir}", work().string());
  Lines words;
  fs::path in = "/dev/null", out = root_ / "stdout";
  const Lines all = split_words(expanded);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if ((all[i] == "<" || all[i] == ">") && i + 1 < all.size()) {
      (all[i] == "<" ? in : out) = work() / all[i + 1];
      ++i;
    } else {
      words.push_back(all[i]);
    }
  }
  if (words.empty()) throw std::runtime_error("no command after `$`");
  const bool captured = out == root_ / "stdout";
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("can't fork");
  if (child == 0) become(words, in, out, root_ / "stderr");
  int status = 0;
  if (waitpid(child, &status, 0) != child) throw std::runtime_error("lost the child process");

  const auto shown = [&](const fs::path& path) {
    std::string text = fs::exists(path) ? read_file(path) : "";
    replace_all(text, work().string(), "{dir}");
    replace_all(text, "\r", "{cr}");
    replace_all(text, "\x1b", "{esc}");
    return split_lines(text);
  };
  return {captured ? shown(out) : Lines{}, shown(root_ / "stderr"),
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

/// One scenario file, walked from top to bottom.
class Scenario {
 public:
  Scenario(const Settings& settings, fs::path path)
      : settings_(settings), path_(std::move(path)), lines_(split_lines(read_file(path_))), sandbox_(settings) {}

  bool run() {
    while (at_ < lines_.size()) {
      const std::string line = lines_[at_];
      written_.push_back(line);
      ++at_;
      if (line.starts_with("$ ")) {
        run_step(line.substr(2));
      } else {
        arrange(line);
      }
    }
    if (settings_.update && written_ != lines_) {
      std::string text;
      for (const auto& line : written_) text += line + '\n';
      write_file(path_, text);
      std::cout << "updated " << path_.filename().string() << '\n';
    }
    return passed_;
  }

 private:
  void arrange(const std::string& line) {
    const Lines words = line.empty() || line.starts_with("#") ? Lines{} : split_words(line);
    if (words.empty()) return;
    const std::string& word = words[0];
    if (word == "file" && words.size() == 2) {
      write_here_document(sandbox_.work() / words[1]);
    } else if (word == "copy" && (words.size() == 2 || words.size() == 3)) {
      const fs::path from = settings_.data / words[1];
      const fs::path to = sandbox_.work() / (words.size() == 3 ? fs::path(words[2]) : from.filename());
      fs::create_directories(to.parent_path());
      fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    } else if (word == "today" && words.size() == 2) {
      sandbox_.set("SEATLINT_TODAY=" + words[1]);
    } else if (word == "env" && words.size() == 2) {
      sandbox_.set(words[1]);
    } else {
      throw std::runtime_error("line " + std::to_string(at_) + " is no scenario line: " + line);
    }
  }

  void write_here_document(const fs::path& target) {
    const std::size_t start = at_;
    std::string text;
    for (; at_ < lines_.size() && lines_[at_] != "end"; ++at_) {
      written_.push_back(lines_[at_]);
      text += lines_[at_] + '\n';
    }
    if (at_ == lines_.size()) throw std::runtime_error("line " + std::to_string(start) + ": no `end` follows");
    written_.push_back(lines_[at_++]);
    fs::create_directories(target.parent_path());
    write_file(target, text);
  }

  Step read_expectations(const std::string& command) {
    Step step{at_, command, {}, {}, 0};
    for (; at_ < lines_.size() && !lines_[at_].empty(); ++at_) {
      const std::string& line = lines_[at_];
      const std::string rest = line.substr(std::min<std::size_t>(line.size(), 2));
      if (line == ">" || line.starts_with("> ")) {
        step.out.push_back(rest);
      } else if (line == "!" || line.starts_with("! ")) {
        step.err.push_back(rest);
      } else if (line.starts_with("= ")) {
        step.exit_code = std::stoi(rest);
      } else {
        break;
      }
    }
    return step;
  }

  void run_step(const std::string& command) {
    Step step = read_expectations(command);
    const Outcome outcome = sandbox_.run(command);
    if (settings_.update) {
      if (!is_loose(step.out)) step.out = outcome.out;
      if (!is_loose(step.err)) step.err = outcome.err;
      step.exit_code = outcome.exit_code;
    }
    write_expectations(step);
    std::ostringstream report;
    auto* const console = std::cout.rdbuf(report.rdbuf());
    bool good = step.exit_code == outcome.exit_code;
    if (!good) std::cout << "  exit code: expected " << step.exit_code << ", found " << outcome.exit_code << '\n';
    good = check_stream("stdout", step.out, outcome.out) && good;
    good = check_stream("stderr", step.err, outcome.err) && good;
    std::cout.rdbuf(console);
    if (good) return;
    passed_ = false;
    std::cout << path_.filename().string() << ":" << step.line << ": $ " << command << '\n' << report.str();
  }

  void write_expectations(const Step& step) {
    const auto marked = [this](const char* mark, const Lines& lines) {
      for (const auto& line : lines) written_.push_back(line.empty() ? mark : std::string(mark) + " " + line);
    };
    marked(">", step.out);
    marked("!", step.err);
    if (step.exit_code != 0) written_.push_back("= " + std::to_string(step.exit_code));
  }

  const Settings& settings_;
  fs::path path_;
  Lines lines_, written_;
  std::size_t at_ = 0;
  Sandbox sandbox_;
  bool passed_ = true;
};

bool run_scenario(const Settings& settings, const fs::path& path) {
  try {
    return Scenario(settings, path).run();
  } catch (const std::exception& error) {
    std::cout << path.filename().string() << ": " << error.what() << '\n';
    return false;
  }
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  std::vector<fs::path> scenarios;
  if (const char* value = std::getenv("SEATLINT_UPDATE")) settings.update = std::string_view(value) == "1";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--binary" && i + 1 < argc) {
      settings.binary = fs::absolute(argv[++i]);
    } else if (argument == "--data" && i + 1 < argc) {
      settings.data = fs::absolute(argv[++i]);
    } else if (argument == "--update") {
      settings.update = true;
    } else if (argument == "--keep") {
      settings.keep = true;
    } else {
      scenarios.emplace_back(argument);
    }
  }
  if (settings.binary.empty() || scenarios.empty()) {
    std::cerr << "usage: scenario_runner --binary PROGRAM [--data FOLDER] [--update] [--keep] FILE.test...\n";
    return 2;
  }
  const auto passed = std::count_if(scenarios.begin(), scenarios.end(),
                                    [&](const fs::path& path) { return run_scenario(settings, path); });
  const auto failed = static_cast<std::ptrdiff_t>(scenarios.size()) - passed;
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}
