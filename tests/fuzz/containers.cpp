// SPDX-License-Identifier: Apache-2.0
// Any bytes as a gzip stream or a zip archive, under limits small enough to be met.
#include "csv/containers.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "target.hpp"

using namespace seatlint;
using namespace seatlint::csv;

namespace {

constexpr ContainerLimits limits{1u << 20, 50, 20};

void drain(ByteSource& source) {
  char buffer[4096];
  std::size_t produced = 0;
  while (const std::size_t n = source.read(buffer, sizeof buffer)) produced += n;
  fuzz::must(produced <= limits.max_bytes, "no more is unpacked than allowed");
}

/// A file that is in no folder and on no disk.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    fuzz::must(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "a file fits");
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const MemoryFile file(bytes);
  try {
    for (const Input& input : inputs_of(file.path(), limits)) {
      try {
        drain(*open_input(input, nullptr, limits));
      } catch (const Error&) {  // this member is refused
      }
    }
  } catch (const Error&) {  // refused with a reason
  }
  return 0;
}
