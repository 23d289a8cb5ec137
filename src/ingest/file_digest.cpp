// SPDX-License-Identifier: Apache-2.0
// See file_digest.hpp. A plain file is read a second time for it, from the memory the first reading brought it into:
// that costs less than handing every byte from thread to thread.
#include "ingest/file_digest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace seatlint {
namespace {

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : path_(path), handle_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (handle_ < 0) fail();
  }
  ~OpenFile() { ::close(handle_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::size_t read(char* buffer, std::size_t capacity) const {
    for (;;) {
      const ssize_t size = ::read(handle_, buffer, capacity);
      if (size >= 0) return static_cast<std::size_t>(size);
      if (errno != EINTR) fail();
    }
  }

 private:
  [[noreturn]] void fail() const { throw Error(path_ + ": can't be read: " + std::strerror(errno)); }

  std::string path_;
  int handle_;
};

std::string digest_of(const std::string& path) {
  constexpr std::size_t block = 256u << 10;
  const OpenFile file(path);
  const auto buffer = std::make_unique<char[]>(block);
  Sha256 digest;
  while (const std::size_t size = file.read(buffer.get(), block)) digest.update({buffer.get(), size});
  return digest.hex();
}

}  // namespace

FileDigest::FileDigest(const IngestRequest& request) {
  if (request.standard_input == nullptr && request.input.member.empty())
    digest_ = std::async(std::launch::async, [path = request.input.path] { return digest_of(path); });
}

std::string FileDigest::hex() { return digest_.valid() ? digest_.get() : inline_.hex(); }

}  // namespace seatlint
