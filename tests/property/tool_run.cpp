// SPDX-License-Identifier: Apache-2.0
// The command line called as a function: a thousand processes would cost more than the work.
#include "tool_run.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "seatlint/cli.hpp"

namespace property {

Scratch::Scratch(std::uint64_t seed) {
  const char* keep = std::getenv("SEATLINT_KEEP");
  kept_ = keep != nullptr && *keep != '\0';
  std::error_code none;
  const std::filesystem::path memory = "/dev/shm";
  const bool fast = std::filesystem::is_directory(memory, none) && ::access(memory.c_str(), W_OK) == 0;
  const auto parent = kept_ ? std::filesystem::path(keep) : fast ? memory : std::filesystem::temp_directory_path();
  folder_ =
      parent / ((kept_ ? "seed-" : "seatlint-property-" + std::to_string(::getpid()) + "-") + std::to_string(seed));
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
}
Scratch::~Scratch() {
  std::error_code none;
  if (!kept_) std::filesystem::remove_all(folder_, none);
}

namespace {

seatlint::Environment environment(const World& world) {
  seatlint::Environment env;
  env.today = seatlint::Day{world.today};
  return env;
}

}  // namespace

std::string tool(const World& world, const std::string& folder, std::vector<std::string> arguments,
                 std::string* notes) {
  arguments.insert(arguments.begin(), {"--db", folder + "/seatlint.db", "--config", folder + "/seatlint.toml"});
  std::istringstream in;
  std::ostringstream out, err;
  const int code = seatlint::run(arguments, in, out, err, environment(world));
  if (notes != nullptr) *notes = err.str();
  if (code == 0) return out.str();
  std::string line = "exit " + std::to_string(code) + ":";
  for (const std::string& argument : arguments) line += " " + argument;
  throw std::runtime_error(line + "\n" + err.str() + out.str());
}

int number_from(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr && *text != '\0' ? std::atoi(text) : otherwise;
}

}  // namespace property
