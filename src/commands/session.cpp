// SPDX-License-Identifier: Apache-2.0
// The orders of precedence of docs/cli.md, and output that suits the terminal.
#include "commands/session.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

#include "base/new_file.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

namespace fs = std::filesystem;

bool is_file(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

}  // namespace

std::string variable(const Io& io, const std::string& name) {
  const auto found = io.environment.variables.find(name);
  return found == io.environment.variables.end() ? std::string() : found->second;
}

std::string config_path(const Io& io) {
  if (!io.globals.config.empty()) return io.globals.config;
  if (is_file("seatlint.toml")) return "seatlint.toml";
  std::string folder = variable(io, "XDG_CONFIG_HOME");
  if (folder.empty() && !variable(io, "HOME").empty()) folder = variable(io, "HOME") + "/.config";
  for (const std::string& path :
       {folder.empty() ? "" : folder + "/seatlint/config.toml", std::string("/etc/seatlint/config.toml")})
    if (!path.empty() && is_file(path)) return path;
  return {};
}

Policy load_policy(Io& io, Catalog& catalog) {
  const std::string path = config_path(io);
  if (path.empty()) {
    Policy policy;
    policy.sha256 = sha256_hex("");
    return policy;
  }
  Policy policy = parse_policy(read_text_file(path), path, catalog, rule_and_family_names());
  for (const Diagnostic& warning : policy.warnings) {
    std::string where = warning.file.empty() ? path : warning.file;
    if (warning.line != 0) where += ":" + std::to_string(warning.line);
    note(io, where + ": " + warning.says);
  }
  return policy;
}

std::string store_path(const Io& io, const Policy& policy) {
  if (!io.globals.db.empty()) return io.globals.db;
  if (!policy.db.empty()) return (fs::path(policy.path).parent_path() / policy.db).string();
  const std::string state = variable(io, "STATE_DIRECTORY");
  if (!state.empty()) return state.substr(0, state.find(':')) + "/seatlint.db";
  return "seatlint.db";
}

Store open_store(const Io& io, const Policy& policy, Store::Open how) {
  return Store(store_path(io, policy), how, io.globals.lock_timeout_ms);
}

Store open_store(Io& io, Store::Open how) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  return open_store(io, policy, how);
}

bool wants_color(const Io& io) {
  if (io.globals.color != "auto") return io.globals.color == "always";
  if (!variable(io, "NO_COLOR").empty()) return false;
  for (const char* name : {"CLICOLOR_FORCE", "FORCE_COLOR"})
    if (const std::string value = variable(io, name); !value.empty() && value != "0") return true;
  if (variable(io, "TERM") == "dumb") return false;
  return io.environment.stdout_is_terminal;
}

void complain(Io& io, const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  io.err << "seatlint: ";
  while (std::getline(lines, line)) io.err << printable(line) << '\n';
}

void note(Io& io, const std::string& text) {
  if (!io.globals.quiet) complain(io, text);
}

void print_cells(Io& io, const Cells& cells) {
  const bool color = wants_color(io);
  for (const Cell& cell : cells) io.out << painted(cell, color);
  io.out << '\n';
}

void print_table(Io& io, const TextTable& table, int indent) {
  for (const Cells& line : table.lines(io.environment.columns, indent)) print_cells(io, line);
}

std::string read_text_file(const std::string& path) {
  if (fs::is_directory(path)) throw Error(path + ": a folder, where a file is expected");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(fmt::format("{}: can't read it: {}", path, std::strerror(errno)));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) throw Error(path + ": can't read it");
  return std::move(text).str();
}

void write_text_file(const std::string& path, const std::string& text, bool replace, bool for_all) {
  // Pipes and devices can't be replaced by a file.
  struct stat info {};
  if (replace && ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    std::ofstream out(path, std::ios::binary);
    out << text << std::flush;
    if (!out) throw Error(fmt::format("{}: can't write it", path));
    return;
  }
  NewFile file(path, for_all);
  file.write(text);
  if (replace) return file.replace();
  if (!file.place()) throw Error(path + " is already there; nothing was written");
}

}  // namespace seatlint
