// SPDX-License-Identifier: Apache-2.0
// Whatever the threads make is used once, in order; what one of them throws is thrown.
#include "base/in_order.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

namespace in_order_test {

using namespace seatlint;

TEST_CASE("what two threads make is used in order", "[ingest]") {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 200u})
    for (const std::size_t lead : {1u, 2u, 32u}) {
      std::vector<std::size_t> used;
      const auto make = [](std::size_t number, unsigned) {
        if (number % 3 == 0) std::this_thread::yield();
        return number;
      };
      make_in_order(count, lead, make, [&](std::size_t number) { used.push_back(number); });
      REQUIRE(used.size() == count);
      CHECK(std::is_sorted(used.begin(), used.end()));
      CHECK((used.empty() || (used.front() == 0 && used.back() == count - 1)));
    }
}

TEST_CASE("using what two threads make ends when it says so", "[ingest]") {
  for (const std::size_t last : {0u, 1u, 7u, 50u}) {
    std::vector<std::size_t> used;
    make_in_order(
        SIZE_MAX, 4, [](std::size_t number, unsigned) { return number; },
        [&](std::size_t number) {
          used.push_back(number);
          return number < last;
        });
    REQUIRE(used.size() == last + 1);
    CHECK(std::is_sorted(used.begin(), used.end()));
  }
}

TEST_CASE("what is thrown while things are made or used in order is thrown on", "[ingest]") {
  for (const std::size_t bad : {0u, 1u, 50u, 99u}) {
    std::size_t used = 0;
    const auto make = [&](std::size_t number, unsigned) {
      if (number == bad) throw std::runtime_error("no");
      return number;
    };
    CHECK_THROWS_AS(make_in_order(100, 8, make, [&](std::size_t) { ++used; }), std::runtime_error);
    CHECK(used <= bad);
    const auto use = [&](std::size_t number) {
      if (number == bad) throw std::runtime_error("no");
    };
    CHECK_THROWS_AS(make_in_order(
                        100, 8, [](std::size_t number, unsigned) { return number; }, use),
                    std::runtime_error);
  }
}

}  // namespace in_order_test
