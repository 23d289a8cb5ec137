// SPDX-License-Identifier: Apache-2.0
// What becomes of records with broken quotes, and of headers that take several lines: the rows, and what is said.
#include <catch2/catch.hpp>

#include "csv/header_lines.hpp"
#include "seatlint/csv.hpp"

namespace csv_repair_test {

using namespace seatlint;
using namespace seatlint::csv;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::string> said;
  Layout layout;
};

Read read(std::string_view text) {
  const auto source = memory_source(text);
  Reader reader(*source, "f.csv", {});
  Read result;
  reader.on_problem([&](const Problem& problem) { result.said.push_back(problem.says); });
  Record record;
  while (reader.next(record)) result.rows.emplace_back(record.fields.begin(), record.fields.end());
  result.layout = reader.layout();
  return result;
}

}  // namespace

TEST_CASE("a delimiter lost beside a quoted field does not join two records", "[csv][repair]") {
  const Read behind = read("id,name,seat\n1,\"ann\"s1\n2,\"bob\",s2\n3,\"cat\",s3\n");
  CHECK(behind.rows == Rows{{"id", "name", "seat"}, {"1", "ann", "s1"}, {"2", "bob", "s2"}, {"3", "cat", "s3"}});
  REQUIRE(behind.said.size() == 1);
  CHECK(behind.said[0] == "the delimiter beside a quoted field is missing: the field is split there");

  const Read before = read("a,b,c,d\n28,2,Boots,\"x, y\"\n29,0,Jacket\"one comma, here.\"\n30,1,Rods,\"p, q\"\n");
  CHECK(before.rows[2] == std::vector<std::string>{"29", "0", "Jacket", "one comma, here."});
  REQUIRE(before.said.size() == 1);
  CHECK(before.said[0] == behind.said[0]);
}

TEST_CASE("inches are no lost delimiter", "[csv][repair]") {
  CHECK(read("a,b,c\n5\",6\",x\n1,2,3\n4,5,6\n").rows[1] == std::vector<std::string>{"5\"", "6\"", "x"});
  CHECK(read("a,b,c\n5\"x4,6\",y\n1,2,3\n4,5,6\n").rows[1] == std::vector<std::string>{"5\"x4", "6\"", "y"});
}

TEST_CASE("a quote before blanks and a line end need not close the field", "[csv][repair]") {
  const Read got = read("1;\"so \"he\" \nsaid\"\n2;\"so \"she\" \nsaid\"\n3;no\n");
  CHECK(got.rows == Rows{{"1", "so \"he\" \nsaid"}, {"2", "so \"she\" \nsaid"}, {"3", "no"}});
}

TEST_CASE("what is said of odd quotes is what was done", "[csv][repair]") {
  const Read dropped = read("a,b\n1,\"x\" \n2,\"y\"\n3,\"z\"\n");
  CHECK(dropped.rows[1] == std::vector<std::string>{"1", "x"});
  REQUIRE(dropped.said.size() == 1);
  CHECK(dropped.said[0] == "blanks between a closing quote and what follows are dropped");
  const Read kept = read("a,b\n1,5\" pipe\n2,x\n3,y\n");
  REQUIRE(kept.said.size() == 1);
  CHECK(kept.said[0] == "1 quote inside a field is kept as it stands");
}

TEST_CASE("a header of several lines is joined where numbers show that it is one", "[csv][header]") {
  const Read groups = read("User,,Usage,\nLogin,Name,Jan,Feb\nu1,A,1,2\nu2,B,3,4\nu3,C,5,6\n");
  CHECK(groups.rows.front() == std::vector<std::string>{"User Login", "User Name", "Usage Jan", "Usage Feb"});
  CHECK(groups.rows.size() == 4);
  CHECK(groups.layout.header_records == 2);
  const Read units = read(
      "Day,To,Travel,,,Sum\n,,Air,Rail,Taxi,\n4/4,Cardiff,,65,,\xC2\xA3"
      "65\n9/4,London,,16,,16\n");
  CHECK(units.rows.front() == std::vector<std::string>{"Day", "To", "Travel Air", "Travel Rail", "Travel Taxi", "Sum"});
  // words below words may be data, and a nameless column is none of a second line
  for (const std::string_view text :
       {"name,,city\nann,x,paris\nbob,y,rome\n", ",a,b\nx,1,2\ny,3,4\n", "506,13,,\na,b,c,d\n1,2,3,4\n5,6,7,8\n"}) {
    INFO(text);
    CHECK(read(text).layout.header_records == 1);
  }
}

TEST_CASE("names of a group go no further than the group", "[csv][header]") {
  CHECK(joined_header({{"a", "G", "", "b", ""}, {"", "x", "y", "", ""}}) ==
        std::vector<std::string>{"a", "G x", "G y", "b", ""});
  CHECK(joined_header({{"G", "", "", ""}, {"H", "", "I", ""}, {"x", "y", "x", "y"}}) ==
        std::vector<std::string>{"G H x", "G H y", "G I x", "G I y"});
}

TEST_CASE("lines above the table that may be data leave a doubt", "[csv][header]") {
  CHECK(read("Tenant,acme\nLogin,Name,Role,Status\nu1,A,admin,on\nu2,B,admin,on\n").layout.preamble_doubtful);
  CHECK_FALSE(read("Users report\na,b,c\n1,2,3\n4,5,6\n").layout.preamble_doubtful);
}

}  // namespace csv_repair_test
