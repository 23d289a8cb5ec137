// SPDX-License-Identifier: Apache-2.0
// Settles how persons appear, reads the key of the pseudonyms or makes one, and keeps the reasons for exceptions.
#include "commands/names.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/keyed_hash.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

constexpr std::size_t shortest_key = 16;

/// --key-file, `key_file` of the policy (relative to its folder), else next to the store.
std::string key_path(const NamesOptions& options, const Policy& policy, const Io& io) {
  if (!options.key_file.empty()) return options.key_file;
  if (!policy.privacy.key_file.empty())
    return (std::filesystem::path(policy.path).parent_path() / policy.privacy.key_file).string();
  return store_path(io, policy) + ".key";
}

/// The key, unless there is no such file.
std::optional<std::string> read_key(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return std::nullopt;
    throw Error(fmt::format("{}: {}", path, std::strerror(errno)));
  }
  if (!S_ISREG(info.st_mode)) throw Error(path + ": the key of the pseudonyms must be a regular file");
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw Error(fmt::format("{0}: others can read the key of the pseudonyms; chmod 600 {0}", path));
  const std::string text = read_text_file(path);
  const std::string_view key = trim(text);
  if (key.size() < shortest_key)
    throw Error(fmt::format("{}: a key of at least {} bytes is wanted", path, shortest_key));
  return std::optional<std::string>(std::in_place, key);
}

std::string make_key(const std::string& path, Io& io) {
  std::string key = random_hex(32);
  write_text_file(path, key + "\n", false);
  note(io, fmt::format("made the key of the pseudonyms: {}; whoever has it can tell who is who, and without it "
                       "later pseudonyms differ",
                       std::filesystem::absolute(path).lexically_normal().string()));
  return key;
}

void keep_reason(const NamesOptions& options, const Policy& policy, std::string_view command, Names asked, Io& io) {
  Store store = open_store(io, policy, Store::Open::write);
  store.record_names_override(io.environment.today, std::string(command), policy.privacy.names,
                              std::string(to_string(asked)), options.reason);
}

}  // namespace

void declare_names(OptionSet& options, NamesOptions& target) {
  options.choice("--names", target.names, {"show", "pseudonym", "hide"},
                 "how persons appear (default: as [privacy] of the policy says)");
  options.option("--reason", target.reason, "why names are shown that the policy hides; it is kept in the store",
                 "TEXT");
  options.option("--key-file", target.key_file, "the key of the pseudonyms (default: next to the store)", "FILE");
}

Names NamesChoice::of_format(std::string_view format) const {
  for (const std::string_view for_logs : {"prom", "github", "gitlab", "junit", "sarif"})
    if (format == for_logs) return for_logs_;
  return for_people_;
}

NamesChoice choose_names(const NamesOptions& options, const Policy& policy, std::string_view command, Io& io) {
  const Names wished = parse_names(policy.privacy.names).value_or(Names::show);
  const auto asked = parse_names(options.names);
  if (asked && *asked < wished) {
    if (trim(options.reason).empty())
      throw Error(
          fmt::format("the policy says names = \"{}\" and --names {} shows more; say why with --reason TEXT, "
                      "which is kept",
                      policy.privacy.names, options.names));
    keep_reason(options, policy, command, *asked, io);
  }
  NamesChoice choice;
  choice.for_people_ = asked.value_or(wished);
  const std::string path = key_path(options, policy, io);
  auto key = read_key(path);
  if (!key && !options.key_file.empty()) throw Error(path + ": there is no such key file");
  choice.for_logs_ = asked ? *asked : std::max(wished, key ? Names::pseudonym : Names::hide);
  if (!key && choice.for_people_ == Names::pseudonym) key = make_key(path, io);
  if (key) choice.pseudonyms_.emplace(std::move(*key));
  return choice;
}

}  // namespace seatlint
