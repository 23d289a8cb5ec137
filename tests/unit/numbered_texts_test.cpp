// SPDX-License-Identifier: Apache-2.0
// Texts keep their numbers and their bytes however many come behind them.
#include "base/numbered_texts.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace numbered_texts_test {

using namespace seatlint;

TEST_CASE("numbered texts: a number each, in the order of first sight") {
  NumberedTexts table;
  CHECK(table.find("ana") == -1);
  CHECK(table.add("ana") == 0);
  CHECK(table.add("") == 1);
  CHECK(table.add("ben") == 2);
  CHECK(table.add(std::string("an") + "a") == 0);
  CHECK(table.find("ben") == 2);
  CHECK(table.find("be") == -1);
  CHECK(table.find("") == 1);
  CHECK(table.size() == 3);
}

TEST_CASE("numbered texts: growing moves no text and forgets none") {
  constexpr int many = 20'000;
  NumberedTexts table;
  const std::string_view first = table.text(table.add("user0@example.com"));
  for (int i = 1; i < many; ++i) REQUIRE(table.add("user" + std::to_string(i) + "@example.com") == i);
  table.add(std::string(3'000'000, 'x'));
  CHECK(first.data() == table.text(0).data());
  int found = 0;
  for (int i = 0; i < many; ++i) found += table.find("user" + std::to_string(i) + "@example.com") == i;
  CHECK(found == many);
  CHECK(table.text(many).size() == 3'000'000);
  CHECK(table.find("user20000@example.com") == -1);
}

TEST_CASE("numbered texts: sorted ones, and the first that is not") {
  for (const int sorted : {0, 1, 2, 40, 5000}) {
    NumberedTexts table;
    table.reserve(10);
    const auto text = [](int i) { return "user" + std::to_string(100'000 + i); };
    for (int i = 0; i < sorted; ++i) {
      REQUIRE(table.add(text(2 * i)) == i);
      REQUIRE(table.add(text(2 * i)) == i);
    }
    CHECK(table.find(text(2 * sorted)) == -1);
    CHECK(table.find(text(1)) == -1);
    CHECK(table.find("") == -1);
    for (int i = 0; i < sorted; ++i) REQUIRE(table.find(text(2 * i)) == i);
    CHECK(table.add("a") == sorted);
    for (int i = 0; i < sorted; ++i) REQUIRE(table.add(text(2 * i)) == i);
    CHECK(table.add(text(1)) == sorted + 1);
    CHECK(table.find(text(1)) == sorted + 1);
    CHECK(table.find("a") == sorted);
    CHECK(table.find("b") == -1);
  }
}

}  // namespace numbered_texts_test
