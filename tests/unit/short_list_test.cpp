// SPDX-License-Identifier: Apache-2.0
// Small lists in an arena, and questions asked of many on all processors.
#include "base/short_list.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "base/in_parallel.hpp"

namespace short_list_test {

using seatlint::Arena;
using seatlint::ShortList;

TEST_CASE("a short list grows in its arena and keeps what it has", "[arena]") {
  Arena memory;
  std::vector<ShortList<int>> lists(50);
  for (int round = 0; round < 100; ++round)
    for (std::size_t i = 0; i < lists.size(); ++i)
      if (round <= static_cast<int>(i)) lists[i].add(memory) = round;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    REQUIRE(lists[i].size() == i + 1);
    int next = 0;
    for (const int value : lists[i]) REQUIRE(value == next++);
  }
  CHECK(ShortList<int>().empty());
}

TEST_CASE("an arena hands out more than a block, aligned", "[arena]") {
  Arena memory;
  for (const std::size_t size : {1u, 3u, 70'000u, 5u, 3'000'000u, 7u}) {
    auto* bytes = memory.room<char>(size);
    std::fill_n(bytes, size, 'x');
    CHECK(reinterpret_cast<std::uintptr_t>(memory.room<double>(1)) % alignof(double) == 0);
  }
}

TEST_CASE("those a question is true of come in order", "[parallel]") {
  const auto asks = [](std::size_t i) { return i % 7 == 3; };
  for (const std::size_t count : {0u, 3u, 10'000u}) {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < count; ++i)
      if (asks(i)) wanted.push_back(i);
    CHECK(seatlint::those_in_parallel(count, 100, asks) == wanted);
  }
}

}  // namespace short_list_test
