// SPDX-License-Identifier: Apache-2.0
// Opens what a user names: a file, standard input, a gzip stream or the members of a zip archive.
#include "csv/containers.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace seatlint::csv {
namespace {

class FileSource : public ByteSource {
 public:
  explicit FileSource(const std::string& path) : name_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw Error(fmt::format("{} can't be opened: {}", printable(path), std::strerror(errno)));
  }
  FileSource(int descriptor, std::string name) : name_(std::move(name)), descriptor_(descriptor), owned_(false) {}
  ~FileSource() override {
    if (owned_) ::close(descriptor_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* buffer, std::size_t capacity) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, buffer, capacity);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) throw Error(fmt::format("{} can't be read: {}", printable(name_), std::strerror(errno)));
    }
  }

 private:
  std::string name_;
  int descriptor_;
  bool owned_ = true;
};

class DigestingSource : public ByteSource {
 public:
  DigestingSource(std::unique_ptr<ByteSource> source, Sha256& digest) : source_(std::move(source)), digest_(digest) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t got = source_->read(buffer, capacity);
    digest_.update({buffer, got});
    return got;
  }

 private:
  std::unique_ptr<ByteSource> source_;
  Sha256& digest_;
};

class PrefixedSource : public ByteSource {
 public:
  PrefixedSource(std::string head, std::unique_ptr<ByteSource> source)
      : head_(std::move(head)), source_(std::move(source)) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    if (given_ == head_.size()) return source_->read(buffer, capacity);
    const std::size_t n = std::min(capacity, head_.size() - given_);
    std::memcpy(buffer, head_.data() + given_, n);
    given_ += n;
    return n;
  }

 private:
  std::string head_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteSource> source_;
};

std::string read_head(ByteSource& source, std::size_t wanted) {
  std::string head(wanted, '\0');
  std::size_t size = 0;
  while (size < wanted) {
    const std::size_t got = source.read(head.data() + size, wanted - size);
    if (got == 0) break;
    size += got;
  }
  head.resize(size);
  return head;
}

// What opening would not refuse: a directory reads as nothing on some systems and as an error on others.
void check_path(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0)
    throw Error(errno == ENOENT ? fmt::format("{}: no such file", printable(path))
                                : fmt::format("{} can't be opened: {}", printable(path), std::strerror(errno)));
  if (S_ISDIR(status.st_mode)) throw Error(fmt::format("{} is a directory: name the files in it", printable(path)));
  if (S_ISREG(status.st_mode) && status.st_size == 0)
    throw Error(
        fmt::format("{} is empty: the export failed or is still being written; fetch it again", printable(path)));
}

bool is_zip(std::string_view head) { return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"); }

}  // namespace

void check_unpacked(std::uint64_t stored, std::uint64_t produced, const ContainerLimits& limits,
                    const std::string& name) {
  // Small files may repeat themselves as they like.
  const bool dense = produced > (64u << 20) && produced / std::max<std::uint64_t>(stored, 1) > limits.max_ratio;
  if (produced <= limits.max_bytes && !dense) return;
  throw Error(fmt::format(
      "{} unpacks to more than {}: refused as a decompression bomb; unpack it first if it is none", printable(name),
      dense ? fmt::format("{} times its size", limits.max_ratio) : fmt::format("{} MiB", limits.max_bytes >> 20u)));
}

std::unique_ptr<ByteSource> prefixed_source(std::string head, std::unique_ptr<ByteSource> source) {
  return std::make_unique<PrefixedSource>(std::move(head), std::move(source));
}

std::unique_ptr<ByteSource> digesting_source(std::unique_ptr<ByteSource> source, Sha256& digest) {
  return std::make_unique<DigestingSource>(std::move(source), digest);
}

std::unique_ptr<ByteSource> unpacked_source(std::unique_ptr<ByteSource> stored, std::string name,
                                            const ContainerLimits& limits) {
  std::string head = read_head(*stored, 3);
  const bool gzip = head == "\x1F\x8B\x08";
  stored = prefixed_source(std::move(head), std::move(stored));
  return gzip ? gzip_source(std::move(stored), std::move(name), limits) : std::move(stored);
}

std::string to_string(const Input& input) {
  if (input.path == "-") return "standard input";
  return input.member.empty() ? input.path : input.path + "/" + input.member;
}

std::string state_of(const Input& input) {
  struct stat status {};
  if (input.path == "-" || stat(input.path.c_str(), &status) != 0) return {};
  return fmt::format("{}:{} {} {}.{}", status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

std::vector<Input> inputs_of(const std::string& path, const ContainerLimits& limits,
                             std::vector<std::string>* others) {
  if (path == "-") return {{path, {}}};
  check_path(path);
  FileSource file(path);
  if (!is_zip(read_head(file, 4))) return {{path, {}}};
  std::vector<Input> inputs;
  for (std::string& member : zip_members(path, limits, others)) inputs.push_back({path, std::move(member)});
  return inputs;
}

std::unique_ptr<ByteSource> open_input(const Input& input, Sha256* digest, const ContainerLimits& limits) {
  std::unique_ptr<ByteSource> source;
  if (!input.member.empty()) {
    source = zip_source(input.path, input.member, limits);
    return digest != nullptr ? digesting_source(std::move(source), *digest) : std::move(source);
  }
  if (input.path == "-") {
    source = std::make_unique<FileSource>(STDIN_FILENO, to_string(input));
  } else {
    check_path(input.path);
    source = std::make_unique<FileSource>(input.path);
  }
  if (digest != nullptr) source = digesting_source(std::move(source), *digest);
  return unpacked_source(std::move(source), to_string(input), limits);
}

std::unique_ptr<ByteSource> open_file(const std::string& path, Sha256* digest) {
  const std::vector<Input> inputs = inputs_of(path);
  if (inputs.size() != 1)
    throw Error(fmt::format("{} holds {} CSV files: unpack it and name one", printable(path), inputs.size()));
  return open_input(inputs.front(), digest);
}

}  // namespace seatlint::csv
