// SPDX-License-Identifier: Apache-2.0
// Findings that are made when they are looked at are the same one by one, all at once, and in a copy.
#include <catch2/catch.hpp>
#include <string>

#include "seatlint/report.hpp"

namespace finding_list_test {

using seatlint::Finding;
using seatlint::FindingList;

/// Writes over some of what `room` holds, as making one for a report does.
FindingList numbered(std::size_t count) {
  return {count, [](std::size_t i, Finding& room) {
            room.account = "account " + std::to_string(i);
            room.notes.assign(i % 3, "note");
          }};
}

TEST_CASE("findings on demand are those made at once", "[finding-list]") {
  constexpr std::size_t count = 5000;  // for several threads
  FindingList list = numbered(count);
  CHECK(list.size() == count);
  Finding room;
  for (const std::size_t i : {std::size_t{0}, count - 1, std::size_t{17}}) {
    CHECK(list.at(i, room).account == "account " + std::to_string(i));
    CHECK(&list.at(i, room) == &room);
    CHECK(room.notes.size() == i % 3);
  }
  const FindingList copy = list;
  REQUIRE(list.all().size() == count);
  list.all()[17].account = "changed";
  CHECK(list.at(17, room).account == "changed");
  CHECK(list.size() == count);
  CHECK(copy[17].account == "account 17");
  std::size_t i = 0;
  for (const Finding& finding : copy) REQUIRE(finding.account == "account " + std::to_string(i++));
  CHECK(i == count);
}

TEST_CASE("a list of no findings is empty", "[finding-list]") {
  CHECK(FindingList().empty());
  FindingList none = numbered(0);
  CHECK(none.empty());
  CHECK(none.all().empty());
  CHECK(none.begin() == none.end());
}

}  // namespace finding_list_test
