// SPDX-License-Identifier: Apache-2.0
// Feeds committed seeds to the fuzz targets, so that what a campaign once found stays found with any compiler:
//   fuzz_replay TARGET FILE|FOLDER...
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#define X(name) extern "C" int fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "fuzz_targets.inc"
#undef X

namespace {

namespace fs = std::filesystem;
using Target = int (*)(const std::uint8_t*, std::size_t);

Target target_named(const std::string& wanted) {
#define X(name) \
  if (wanted == #name) return fuzz_##name;
#include "fuzz_targets.inc"
#undef X
  return nullptr;
}

void feed(Target target, const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> bytes(std::istreambuf_iterator<char>(in), {});
  std::fprintf(stderr, "%s\n", path.c_str());  // the last one named is the one that failed
  target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  const Target target = argc < 3 ? nullptr : target_named(argv[1]);
  if (target == nullptr) {
    std::fputs("usage: fuzz_replay TARGET FILE|FOLDER...\n", stderr);
    return 2;
  }
  int files = 0;
  for (int i = 2; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      feed(target, argv[i]);
      ++files;
      continue;
    }
    for (const auto& entry : fs::directory_iterator(argv[i])) {
      feed(target, entry.path());
      ++files;
    }
  }
  std::printf("%d inputs\n", files);
  return files == 0 ? 1 : 0;
}
