// SPDX-License-Identifier: Apache-2.0
// The binary must carry the data files exactly as they stand in the tree.
#include "seatlint/embedded.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace embedded_test {

using seatlint::embedded_files;

TEST_CASE("embedded files are sorted by folder and name, each once", "[embedded]") {
  const auto& files = embedded_files();
  const auto not_before = [](const auto& a, const auto& b) {
    return std::pair(a.folder, a.name) >= std::pair(b.folder, b.name);
  };
  CHECK(std::adjacent_find(files.begin(), files.end(), not_before) == files.end());
}

TEST_CASE("embedded files hold the bytes of the tree", "[embedded]") {
  for (const auto& file : embedded_files()) {
    const std::string path =
        std::string(SEATLINT_SOURCE_DIR "/src/") + std::string(file.folder) + "/" + std::string(file.name);
    INFO(path);
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    // Not CHECK(a == b): a failure would print both files.
    CHECK((bytes == file.text));
  }
}

}  // namespace embedded_test
