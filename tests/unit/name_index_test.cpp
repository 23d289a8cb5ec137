// SPDX-License-Identifier: Apache-2.0
// Whoever asks by name gets every row that bears it and few others, however the index is cut into rows and runs.
#include "store/name_index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

namespace name_index_test {

using namespace seatlint;

namespace {

Database index_database() {
  Database db("", Database::Access::write, 0);
  db.execute(
      "CREATE TABLE name_index (file_id INTEGER, run INTEGER, first INTEGER, entries BLOB, "
      "PRIMARY KEY (file_id, run, first)) WITHOUT ROWID");
  return db;
}

std::vector<NamedRow> rows_named(const Database& db, std::int64_t file, std::string_view name) {
  std::vector<NamedRow> rows;
  each_row_named(db, file, name, [&](const NamedRow& row) { rows.push_back(row); });
  return rows;
}

}  // namespace

TEST_CASE("a name leads to every row that bears it", "[name_index]") {
  const std::size_t run_entries = GENERATE(std::size_t{7}, std::size_t{1000}, std::size_t{1} << 20);
  const Database db = index_database();
  std::mt19937 random(static_cast<unsigned>(run_entries));
  std::map<std::string, std::vector<NamedRow>> truth;
  NameIndexBuilder index(into_index(db, 3), run_entries);
  for (std::int64_t line = 2; line < 6000; ++line) {
    // A few names stand in many rows: more than a row of the index usually holds.
    const auto number = random() % 4 == 0 ? random() % 3 : 3 + random() % 3000;
    const std::string name = "Person" + std::to_string(number) + "@example.com";
    const NamedRow row{static_cast<std::int64_t>(random() % 2), line};
    index.add(name, row);
    index.add("", row);
    truth[fold_case(name)].push_back(row);
  }
  index.finish();
  std::size_t strangers = 0;
  for (const auto& [name, rows] : truth) {
    const std::vector<NamedRow> found = rows_named(db, 3, name);
    for (const NamedRow& row : rows) REQUIRE(std::count(found.begin(), found.end(), row) == 1);
    strangers += found.size() - rows.size();
  }
  CHECK(strangers < 10);
  CHECK(rows_named(db, 4, "person1@example.com").empty());
  CHECK(rows_named(db, 3, "nobody@example.com").empty());
}

TEST_CASE("a row that bears a name twice stands in the index once", "[name_index]") {
  const Database db = index_database();
  NameIndexBuilder index(into_index(db, 1));
  index.add("Åsa@Example.com", {0, 5});
  index.add("åsa@example.com", {0, 5});
  index.add("x", {2, 4611686018427387905});
  index.finish();
  CHECK(rows_named(db, 1, "åsa@example.com") == std::vector<NamedRow>{{0, 5}});
  CHECK(rows_named(db, 1, "x") == std::vector<NamedRow>{{2, 4611686018427387905}});
}

}  // namespace name_index_test
