// SPDX-License-Identifier: Apache-2.0
// An anchor file has a line `NUMBER HEAD` for each event; lines are only ever added.
#include "commands/anchor_file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sstream>

#include "commands/session.hpp"
#include "store/chain.hpp"

namespace seatlint {
namespace {

constexpr std::size_t digest_length = 64;

bool is_digest(std::string_view text) {
  return text.size() == digest_length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// One write of a short line to a file opened for appending is never torn by another process.
bool append(const std::string& path, const std::string& line) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return false;
  const bool written = ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
  const int reason = errno;
  const bool closed = ::close(descriptor) == 0;
  errno = reason;
  return written && synced && closed;
}

/// The head of an evidence bundle, or the inputs of a report.
std::vector<Anchor> anchors_of(const nlohmann::json& json, const std::string& path) {
  std::vector<Anchor> anchors;
  try {
    if (json.contains("chain")) {
      anchors.push_back(
          {json.at("chain").back().at("seq").get<std::int64_t>(), json.at("head").get<std::string>(), path});
    } else {
      for (const auto& input : json.at("inputs"))
        anchors.push_back(
            {0, input.at("sha256").get<std::string>(), path + ": " + input.at("file").get<std::string>()});
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(path + ": neither a report of seatlint as JSON nor an evidence bundle");
  }
  if (anchors.empty()) throw Error(path + ": the report names no input");
  return anchors;
}

}  // namespace

void anchor_head(Io& io, const Store& store) {
  const std::string path = variable(io, "SEATLINT_ANCHOR");
  if (path.empty()) return;
  const ChainEntry last = Chain(store.database()).last();
  if (!append(path, fmt::format("{} {}\n", last.seq, last.head)))
    complain(io, fmt::format("{}: the head of the chain could not be noted: {}", path, std::strerror(errno)));
}

std::vector<Anchor> read_anchors(const std::string& path) {
  const std::string text = read_text_file(path);
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_object()) return anchors_of(json, path);
  std::vector<Anchor> anchors;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::string_view trimmed = trim(line);
    if (trimmed.empty()) continue;
    Anchor anchor{0, std::string(trimmed.substr(trimmed.find_last_of(' ') + 1)), fmt::format("{}:{}", path, number)};
    const std::string_view seq = trimmed.substr(0, trimmed.size() - anchor.digest.size());
    const auto [rest, error] = std::from_chars(seq.data(), seq.data() + seq.size(), anchor.seq);
    if (!is_digest(anchor.digest) || (!seq.empty() && (error != std::errc() || anchor.seq < 1)))
      throw Error(fmt::format("{}: a line is NUMBER and HEAD, as seatlint writes it", anchor.where));
    anchors.push_back(std::move(anchor));
  }
  if (anchors.empty()) throw Error(path + ": no head of a chain in it");
  return anchors;
}

}  // namespace seatlint
