// SPDX-License-Identifier: Apache-2.0
// Rows passed on by another thread: all of them, in order, and what the sink throws comes back.
#include "ingest/rows_ahead.hpp"

#include <catch2/catch.hpp>

#include "seatlint/base.hpp"

namespace rows_ahead_test {

using namespace seatlint;

namespace {

/// Keeps what it is given; throws at the row of that line.
class Kept : public FactSink {
 public:
  explicit Kept(std::uint64_t broken_line = 0) : broken_line_(broken_line) {}
  void user(const UserRow& row, std::uint64_t line) override {
    if (line == broken_line_) throw Error("the disk is full");
    CHECK(row.name == "user " + std::to_string(line));
    CHECK(row.roles == std::vector<std::string>(line % 3, "role"));
    lines.push_back(line);
  }
  void entitlement(const EntitlementRow&, std::uint64_t line) override { lines.push_back(line); }
  void person(const PersonRow&, std::uint64_t) override { FAIL("a person among users"); }
  void lookup(const LookupRow&, std::uint64_t) override { FAIL("a lookup among users"); }
  void activity(const ActivityBlock&) override { FAIL("activity among users"); }

  std::vector<std::uint64_t> lines;

 private:
  std::uint64_t broken_line_;
};

UserRow row_of(std::uint64_t line) {
  UserRow row;
  row.name = "user " + std::to_string(line);
  row.roles.assign(line % 3, "role");
  return row;
}

void pass(RowsAhead& ahead, std::uint64_t line) {
  ahead.place() = row_of(line);
  ahead.add(line);
}

}  // namespace

TEST_CASE("rows ahead come through in order", "[ingest]") {
  for (const bool threaded : {true, false})
    for (const std::uint64_t rows : {0u, 1u, 511u, 512u, 513u, 10'000u}) {
      Kept kept;
      RowsAhead ahead(kept, threaded);
      for (std::uint64_t line = 1; line <= rows; ++line) pass(ahead, line);
      ahead.drain().entitlement({}, rows + 1);
      for (std::uint64_t line = rows + 2; line <= rows + 1200; ++line) pass(ahead, line);
      ahead.drain();
      std::vector<std::uint64_t> expected(rows + 1200);
      for (std::uint64_t i = 0; i < expected.size(); ++i) expected[i] = i + 1;
      CHECK(kept.lines == expected);
    }
}

TEST_CASE("what a sink throws ends the rows ahead", "[ingest]") {
  for (const bool threaded : {true, false})
    for (const std::uint64_t broken : {1u, 600u, 4000u}) {
      Kept kept(broken);
      RowsAhead ahead(kept, threaded);
      const auto add_all = [&] {
        for (std::uint64_t line = 1; line <= 5000; ++line) pass(ahead, line);
        ahead.drain();
      };
      CHECK_THROWS_AS(add_all(), Error);
      CHECK(kept.lines.size() == broken - 1);
    }
}

TEST_CASE("rows ahead may be left behind", "[ingest]") {
  Kept kept;
  {
    RowsAhead ahead(kept, true);
    for (std::uint64_t line = 1; line <= 3000; ++line) pass(ahead, line);
  }
  CHECK(kept.lines.size() <= 3000);
}

}  // namespace rows_ahead_test
