// SPDX-License-Identifier: Apache-2.0
// What `import` is told about sizes and periods, and what it tells of its progress.
#include <catch2/catch.hpp>
#include <sstream>

#include "commands/import_limits.hpp"
#include "commands/progress.hpp"

namespace import_options_test {

using namespace seatlint;
using namespace std::chrono_literals;

TEST_CASE("--memory takes sizes with a unit, from 16 MiB on") {
  CHECK(parse_memory("256M") == 256u << 20);
  CHECK(parse_memory("1g") == 1u << 30);
  CHECK(parse_memory("65536KiB") == 64u << 20);
  for (const char* wrong : {"", "256", "15M", "M", "-1G", "1.5G", "9999999999G", "64MB", "64 M"})
    CHECK_THROWS_WITH(parse_memory(wrong), Catch::Contains("--memory wants a size"));
}

TEST_CASE("progress tells the share, the rate and the time left") {
  CHECK(progress_text("log.csv", 250'000'000, 1'000'000'000, 125e6) == "log.csv  25 %  125 MB/s  6 s left");
  CHECK(progress_text("log.csv", 1'000'000'000, 1'000'000'000, 500e6) == "log.csv  100 %  500 MB/s  0 s left");
  CHECK(progress_text("log.csv", 1'000'000, 3'600'000'000, 1e6) == "log.csv  0 %  1 MB/s  60 min left");
  CHECK(progress_text("log.gz", 1'250'000'000, std::nullopt, 250e6) == "log.gz  1.2 GB  250 MB/s");
  CHECK(progress_text("a\x1b[2Jb", 1'000'000, std::nullopt, 1e6).find('\x1b') == std::string::npos);
}

TEST_CASE("progress is silent in the first second, fits the terminal and is erased") {
  std::ostringstream err;
  const auto begun = Progress::Clock::now();
  {
    Progress progress(err, std::string(200, 'n') + ".csv", 1'000'000'000, 40);
    progress.at(1'000'000, begun + 500ms);
    CHECK(err.str().empty());
    progress.at(200'000'000, begun + 2s);
    CHECK(err.str().starts_with("\r\x1b[K"));
    CHECK(err.str().size() < 4 + 40);
    const std::size_t shown = err.str().size();
    progress.at(210'000'000, begun + 2050ms);
    CHECK(err.str().size() == shown);
  }
  CHECK(err.str().ends_with("\r\x1b[K"));
}

}  // namespace import_options_test
